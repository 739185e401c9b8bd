package io.myrixen.junit;

import io.myrixen.embedded.MyriXen;
import io.myrixen.embedded.Vm;
import io.myrixen.embedded.VmOptions;
import java.lang.reflect.Parameter;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves parameters of type {@link Vm} and {@link MyriXen}. It has no state: JUnit's store does.
 */
final class MyriXenExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(MyriXenExtension.class);

  /** A constructor runs for the test whose instance it makes, where there is one for each test. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == Vm.class || type == MyriXen.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    if (test.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "a system lives as long as one test, and here is none: " + parameter.getParameter());
    }
    TestSystem system =
        test.getStore(NAMESPACE)
            .getOrComputeIfAbsent(TestSystem.class, _ -> new TestSystem(), TestSystem.class);
    return parameter.getParameter().getType() == MyriXen.class
        ? system.system()
        : vm(system, parameter);
  }

  private static Vm vm(TestSystem system, ParameterContext context) {
    Parameter parameter = context.getParameter();
    return context
        .findAnnotation(VmSettings.class)
        .map(settings ->
            system.vm(
                settings.name().isEmpty() ? nameOf(parameter) : settings.name(),
                new VmOptions(settings.boards(), settings.share())))
        .orElseGet(() -> system.vm(nameOf(parameter), null));
  }

  private static String nameOf(Parameter parameter) {
    if (!parameter.isNamePresent()) {
      throw new ParameterResolutionException(
          "%s has no name in the class file: compile with -parameters, or add @VmSettings(name)"
              .formatted(parameter));
    }
    return parameter.getName();
  }
}
