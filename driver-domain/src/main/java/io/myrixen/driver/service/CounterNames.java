package io.myrixen.driver.service;

import io.myrixen.mx.control.RequestKind;
import io.myrixen.nic.NicCounter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names in the driver domain's counters file. Who reads it goes through {@link DriverCounters}. */
public final class CounterNames {

  /** Name of the file in the run directory. */
  public static final String FILE = "driver-domain.counters";

  /** Requests that netback took from its rings, of all kinds. */
  public static final String CONTROL_REQUESTS = "netback.requests";

  /** Requests that netback answered with another code than success. */
  public static final String CONTROL_REFUSED = "netback.refused";

  /** Endpoints that were closed because their VM broke the window's rules. */
  public static final String ENDPOINT_FAULTS = "netback.endpoint-faults";

  /** Devices that were closed because their VM broke the ring's rules. */
  public static final String DEVICE_FAULTS = "netback.device-faults";

  /** Devices connected now. */
  public static final String DEVICES = "netback.devices";

  /** Endpoints open now. */
  public static final String ENDPOINTS = "netback.endpoints";

  /** Pages of VMs mapped now. */
  public static final String PINNED_PAGES = "netback.pinned-pages";

  /** Process of the driver domain. */
  public static final String PID = "driver-domain.pid";

  /** How long the NIC's thread has run, in nanoseconds. */
  public static final String NIC_TIME_NS = "nic.time-ns";

  /** How long of that it had nothing to do, in nanoseconds. */
  public static final String NIC_IDLE_NS = "nic.idle-ns";

  private static final Pattern BOARD = Pattern.compile("board\\.([0-9a-f]{12})\\.(.+)");
  private static final Pattern ENDPOINT =
      Pattern.compile("endpoint\\.([0-9a-f]{12})\\.(\\d+)\\.(.+)");

  private static final Map<String, NicCounter> BY_WORD = new HashMap<>();

  static {
    for (NicCounter counter : NicCounter.values()) {
      BY_WORD.put(word(counter.name()), counter);
    }
  }

  private CounterNames() {}

  /** Requests of one kind that netback took. */
  public static String requests(RequestKind kind) {
    return CONTROL_REQUESTS + "." + word(kind.name());
  }

  /** What the whole NIC has counted. */
  public static String nic(NicCounter counter) {
    return "nic." + word(counter.name());
  }

  /** What the NIC has counted for one board, with its endpoints that are closed. */
  static String board(long nicId, NicCounter counter) {
    return "board.%012x.%s".formatted(nicId, word(counter.name()));
  }

  /** What the NIC has counted for one open endpoint. */
  static String endpoint(long nicId, int endpointId, NicCounter counter) {
    return "endpoint.%012x.%d.%s".formatted(nicId, endpointId, word(counter.name()));
  }

  /** Something that a board has counted. */
  record OfBoard(long nicId, NicCounter counter) {}

  /** Something that an endpoint has counted. */
  record OfEndpoint(DriverCounters.EndpointId endpoint, NicCounter counter) {}

  /** Returns what {@code name} speaks of, or null if it is no board's, or of a later version. */
  static @Nullable OfBoard boardOf(String name) {
    Matcher matcher = BOARD.matcher(name);
    NicCounter counter = matcher.matches() ? BY_WORD.get(matcher.group(2)) : null;
    return counter == null ? null : new OfBoard(Long.parseLong(matcher.group(1), 16), counter);
  }

  /** Returns what {@code name} speaks of, or null if it is no endpoint's, or of a later version. */
  static @Nullable OfEndpoint endpointOf(String name) {
    Matcher matcher = ENDPOINT.matcher(name);
    NicCounter counter = matcher.matches() ? BY_WORD.get(matcher.group(3)) : null;
    if (counter == null) {
      return null;
    }
    var endpoint =
        new DriverCounters.EndpointId(
            Long.parseLong(matcher.group(1), 16), Integer.parseInt(matcher.group(2)));
    return new OfEndpoint(endpoint, counter);
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
