package io.myrixen.driver.demo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the file's move went.
 *
 * @param file what was moved
 * @param bytes its size
 * @param from name of the VM that sent it
 * @param to name of the VM that received it
 * @param sha256 of the file as the sender read it
 * @param sha256Ok whether the receiver has the same
 * @param seconds from the first byte sent to the last one taken
 */
record FileResult(
    Path file,
    long bytes,
    String from,
    String to,
    String sha256,
    boolean sha256Ok,
    double seconds) {

  double gbytesPerSecond() {
    return seconds > 0 ? bytes / seconds / 1e9 : 0;
  }

  Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("path", file.toString());
    object.put("bytes", bytes);
    object.put("from", from);
    object.put("to", to);
    object.put("sha256", sha256);
    object.put("sha256Ok", sha256Ok);
    object.put("seconds", seconds);
    object.put("bandwidth_gbytes_s", gbytesPerSecond());
    return object;
  }
}
