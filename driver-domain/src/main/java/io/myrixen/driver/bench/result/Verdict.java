package io.myrixen.driver.bench.result;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether a bar holds.
 *
 * @param bar what is to be
 * @param detail what is
 */
public record Verdict(String bar, boolean holds, String detail) {

  /** For machines. */
  public Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("bar", bar);
    object.put("holds", holds);
    object.put("detail", detail);
    return object;
  }

  /** For people, in one line. */
  public String line() {
    return (holds ? "holds  " : "FAILS  ") + bar + ": " + detail;
  }
}
