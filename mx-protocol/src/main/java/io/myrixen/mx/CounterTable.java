package io.myrixen.mx;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The counts of {@link EndpointCounters} as a table, those of records within it included. */
final class CounterTable {

  /** One count: how to get at it, record by record. */
  private record Count(String label, List<Method> path) {}

  private static final List<Count> COUNTS = counts(EndpointCounters.class, List.of());

  static final List<String> LABELS = COUNTS.stream().map(Count::label).toList();

  private CounterTable() {}

  private static List<Count> counts(Class<?> type, List<Method> path) {
    var counts = new ArrayList<Count>();
    for (RecordComponent component : type.getRecordComponents()) {
      var longer = new ArrayList<>(path);
      longer.add(component.getAccessor());
      if (component.getType() == long.class) {
        counts.add(new Count(words(component.getName()), List.copyOf(longer)));
      } else {
        counts.addAll(counts(component.getType(), longer));
      }
    }
    return List.copyOf(counts);
  }

  /** Turns {@code tinySent} into {@code tiny sent}. */
  private static String words(String name) {
    return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  /** The counts, in the order of the labels. */
  static long[] values(EndpointCounters counters) {
    var values = new long[COUNTS.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(counters, COUNTS.get(i).path);
    }
    return values;
  }

  private static long value(EndpointCounters counters, List<Method> path) {
    Object at = counters;
    try {
      for (Method accessor : path) {
        at = accessor.invoke(at);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's accessor is not accessible: " + path, e);
    }
    return (Long) at;
  }
}
