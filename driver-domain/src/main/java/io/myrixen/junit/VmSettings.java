package io.myrixen.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what the VM of a test's parameter is like. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface VmSettings {

  /** Its name; if empty that of the parameter, which takes {@code javac -parameters}. */
  String name() default "";

  /** How many boards it has. */
  int boards() default 1;

  /** Its share of the NIC, 1 to 64. */
  int share() default 1;
}
