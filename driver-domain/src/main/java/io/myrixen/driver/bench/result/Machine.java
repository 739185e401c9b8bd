package io.myrixen.driver.bench.result;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a benchmark ran.
 *
 * @param cores processors that it could use
 * @param cpu their model
 * @param kernel name and release
 * @param jdk version and vendor
 */
public record Machine(int cores, String cpu, String kernel, String jdk) {

  /** For machines. */
  public Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("cores", cores);
    object.put("cpu", cpu);
    object.put("kernel", kernel);
    object.put("jdk", jdk);
    return object;
  }
}
