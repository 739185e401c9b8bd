package io.myrixen.junit;

import io.myrixen.embedded.MyriXen;
import io.myrixen.embedded.Vm;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class, or one test method, a system of its own: a parameter of type {@link
 * Vm} is a VM that runs, one of type {@link MyriXen} is the system itself.
 *
 * <pre>
 *   &#64;MyriXenTest
 *   class GreetingTest {
 *     &#64;Test
 *     void shouldGreet(Vm alice, Vm bob) { ... }
 *   }
 * </pre>
 *
 * <p>A VM is named as its parameter, or as {@link VmSettings} says. Test methods, the constructor
 * of their instance, {@code @BeforeEach} and {@code @AfterEach} methods may have such parameters,
 * and mean the same VM by the same name. The system is started by the first of them and closed
 * after the test, however that ended; each invocation of a repeated or parameterized test has its
 * own. What lives longer than a test, as {@code @BeforeAll} does, has none.
 *
 * <p>On a class it holds for nested classes too. It comes beside {@code @Test}, not in its place.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MyriXenExtension.class)
public @interface MyriXenTest {}
