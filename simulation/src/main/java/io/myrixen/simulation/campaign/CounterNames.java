package io.myrixen.simulation.campaign;

import io.myrixen.mx.EndpointCounters;
import io.myrixen.simulation.oracle.ViolationException;
import java.lang.reflect.RecordComponent;

/** Notes what a record of counters holds, under the names of its components. */
final class CounterNames {

  private CounterNames() {}

  static void add(EndpointCounters counters, Coverage coverage) {
    addRecord(counters, coverage);
  }

  private static void addRecord(Record counters, Coverage coverage) {
    try {
      for (RecordComponent component : counters.getClass().getRecordComponents()) {
        Object value = component.getAccessor().invoke(counters);
        if (value instanceof Record inner) {
          addRecord(inner, coverage);
        } else if (value instanceof Long count) {
          coverage.add("library " + component.getName(), count);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new ViolationException("counters cannot be read: " + e);
    }
  }
}
