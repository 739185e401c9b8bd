package io.myrixen.junit;

import io.myrixen.embedded.MyriXen;
import io.myrixen.embedded.Vm;
import io.myrixen.embedded.VmOptions;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** The system of one test, closed by JUnit with the test's store. */
final class TestSystem implements AutoCloseable {

  private record Made(Vm vm, VmOptions options) {}

  private final MyriXen system = MyriXen.embedded();
  private final Map<String, Made> made = new HashMap<>();

  MyriXen system() {
    return system;
  }

  /**
   * Returns the VM of that name, and makes it if this is the first to ask.
   *
   * @param wanted null if whatever there is will do
   * @throws ParameterResolutionException if there is one with other settings
   */
  synchronized Vm vm(String name, @Nullable VmOptions wanted) {
    Made known = made.get(name);
    if (known == null) {
      VmOptions options = wanted == null ? VmOptions.DEFAULT : wanted;
      known = new Made(system.createVm(name, options), options);
      made.put(name, known);
    } else if (wanted != null && !wanted.equals(known.options)) {
      throw new ParameterResolutionException(
          "VM \"%s\" of this test was made with %s already: %s is too late"
              .formatted(name, known.options, wanted));
    }
    return known.vm;
  }

  @Override
  public void close() {
    system.close();
  }
}
