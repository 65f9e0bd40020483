package dev.segue.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names and describes a {@link ConnectionType}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ConnectionInfo {

  /** {@return the type's name within its plugin} 2 to 40 characters of {@code [a-z0-9-]}. */
  String name();

  /** {@return the name that people read} */
  String title();

  /** {@return one or two sentences on what it connects to and where its secrets are found} */
  String description() default "";

  /**
   * {@return the name of an SVG file below {@code icons/} in the plugin} Empty for the default
   * icon.
   */
  String icon() default "";

  /**
   * {@return how many requests per second all runs and servers may send together} 0 for no limit.
   */
  double requestsPerSecond() default 0;
}
