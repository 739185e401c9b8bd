package io.myrixen.driver.service;

import io.myrixen.mx.control.RequestKind;
import io.myrixen.nic.NicCounter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names in the driver domain's counters file. */
public final class CounterNames {

  /** Name of the file in the run directory. */
  public static final String FILE = "driver-domain.counters";

  /** Requests that netback took from its rings, of all kinds. */
  public static final String CONTROL_REQUESTS = "netback.requests";

  private static final Pattern ENDPOINT =
      Pattern.compile("endpoint\\.([0-9a-f]{12})\\.(\\d+)\\.(.+)");

  private CounterNames() {}

  /** Requests of one kind that netback took. */
  public static String requests(RequestKind kind) {
    return CONTROL_REQUESTS + "." + word(kind.name());
  }

  /** What the whole NIC has counted. */
  public static String nic(NicCounter counter) {
    return "nic." + word(counter.name());
  }

  /** What the NIC has counted for one open endpoint. */
  public static String endpoint(long nicId, int endpointId, NicCounter counter) {
    return "endpoint.%012x.%d.%s".formatted(nicId, endpointId, word(counter.name()));
  }

  /** An endpoint that a name speaks of. */
  public record OpenEndpoint(long nicId, int endpointId) {}

  /** Returns the endpoint that {@code name} speaks of, or null if it speaks of none. */
  public static @Nullable OpenEndpoint endpointOf(String name) {
    Matcher matcher = ENDPOINT.matcher(name);
    return matcher.matches()
        ? new OpenEndpoint(Long.parseLong(matcher.group(1), 16), Integer.parseInt(matcher.group(2)))
        : null;
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
