package dev.segue.sdk;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of an input, output or connection record for schema, form, editor and
 * documentation. A component is required unless its type is {@code Optional} or it has a {@link
 * #defaultValue}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {

  /** {@return the label that people read} Empty for one made from the component's name. */
  String title() default "";

  /** {@return one or two sentences of help} Empty for none. */
  String help() default "";

  /** {@return the smallest allowed number} */
  double min() default Double.NEGATIVE_INFINITY;

  /** {@return the largest allowed number} */
  double max() default Double.POSITIVE_INFINITY;

  /** {@return the least number of characters of a text, or of elements of a list} */
  int minLength() default 0;

  /** {@return the greatest number of characters of a text, or of elements of a list} */
  int maxLength() default Integer.MAX_VALUE;

  /** {@return a regular expression that a text must match as a whole} Empty for any text. */
  String pattern() default "";

  /**
   * {@return the allowed texts} Empty for any. For an enum its constants are the choices by
   * themselves.
   */
  String[] choices() default {};

  /**
   * {@return the class that serves the choices at edit time} {@link ChoiceSource.None} for none.
   */
  Class<? extends ChoiceSource> choicesFrom() default ChoiceSource.None.class;

  /** {@return whether the editor gives the text several lines} */
  boolean multiline() default false;

  /** {@return how the editor treats FEEL expressions} */
  Feel feel() default Feel.AUTO;

  /** {@return the value that the editor and an absent input start from, as JSON or plain text} */
  String defaultValue() default "";

  /** {@return an example for the documentation, as JSON or plain text} Empty for none. */
  String example() default "";

  /** {@return the heading under which the editor shows the field} Empty for the general one. */
  String group() default "";

  /** How the editor treats FEEL expressions in a field. */
  enum Feel {
    /** Required for lists, maps and records; none where there are choices; else optional. */
    AUTO,
    /** Always an expression. */
    REQUIRED,
    /** A plain value or an expression. */
    OPTIONAL,
    /** Never an expression. */
    NONE
  }
}
