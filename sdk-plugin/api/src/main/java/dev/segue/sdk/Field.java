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

  /** The label that people read; empty for one made from the component's name. */
  String title() default "";

  /** One or two sentences of help; empty for none. */
  String help() default "";

  /** The smallest allowed number. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest allowed number. */
  double max() default Double.POSITIVE_INFINITY;

  /** The least number of characters of a text, or of elements of a list. */
  int minLength() default 0;

  /** The greatest number of characters of a text, or of elements of a list. */
  int maxLength() default Integer.MAX_VALUE;

  /** A regular expression that a text must match as a whole; empty for any text. */
  String pattern() default "";

  /** The allowed texts; empty for any. For an enum its constants are the choices by themselves. */
  String[] choices() default {};

  /** Serves the choices at edit time; {@link ChoiceSource.None} for none. */
  Class<? extends ChoiceSource> choicesFrom() default ChoiceSource.None.class;

  /** Whether the editor gives the text several lines. */
  boolean multiline() default false;

  /** How the editor treats FEEL expressions. */
  Feel feel() default Feel.AUTO;

  /** The value that the editor and an absent input start from, as JSON or plain text. */
  String defaultValue() default "";

  /** An example for the documentation, as JSON or plain text; empty for none. */
  String example() default "";

  /** The heading under which the editor shows the field; empty for the general one. */
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
