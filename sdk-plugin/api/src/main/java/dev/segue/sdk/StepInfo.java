package dev.segue.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names and classifies a {@link Step} or {@link ChangeStep}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StepInfo {

  /**
   * The action part of the step type {@code plugin:action:major}.
   *
   * @return 2 to 40 characters of {@code [a-z0-9-]}, such as {@code count-loaves}
   */
  String name();

  /**
   * The major part of the step type; rises only when input or output breaks.
   *
   * @return at least 1
   */
  int major() default 1;

  /**
   * The name that people read in the palette and on the diagram.
   *
   * @return a short imperative phrase, such as {@code Count loaves}
   */
  String title();

  /**
   * One or two sentences on what the step does.
   *
   * @return plain text; empty for none
   */
  String description() default "";

  /**
   * The most that one run of the step does to the world outside.
   *
   * @return for a {@link ChangeStep} the effect of {@link ChangeStep#apply}; its plan is always
   *     {@link Effect#READ}
   */
  Effect effect();

  /**
   * Which resource the step mostly uses.
   *
   * @return {@link Load#IO} unless the step computes or calls native code for long
   */
  Load load() default Load.IO;

  /**
   * What happens when an effect is in doubt and {@link ChangeStep#outcome} cannot tell.
   *
   * @return {@link InDoubt#ASK} unless repeating is harmless; ignored for {@link Effect#NONE} and
   *     {@link Effect#READ}
   */
  InDoubt inDoubt() default InDoubt.ASK;

  /**
   * How long one attempt may take before its thread is interrupted. A diagram may set another value
   * by the task header {@code segue.timeout}.
   *
   * @return an ISO-8601 duration such as {@code PT5M}; from one second to 24 hours
   */
  String timeout() default "PT5M";

  /**
   * Whether the step ends within a second of an interrupt. The contract suite tests it.
   *
   * @return false only if the work is a long call of native code, which no interrupt ends; to be
   *     declared together with {@link Load#CPU}
   */
  boolean interruptible() default true;

  /**
   * The step's icon.
   *
   * @return the name of an SVG file below {@code icons/} in the plugin, under 1 kB; empty for the
   *     default icon
   */
  String icon() default "";

  /**
   * The group under which the editor lists the step.
   *
   * @return a short noun such as {@code Sales}; empty for the plugin's name
   */
  String category() default "";
}
