package dev.segue.plugins.posfiles.layout;

import dev.segue.sdk.Field;
import java.util.List;

/**
 * Says under which headings a file keeps something.
 *
 * @param column what it is
 * @param headings the headings; where there are several, their values are joined by a blank
 */
public record ColumnChoice(
    @Field(title = "Meaning") SalesColumn column,
    @Field(
            title = "Headings in the file",
            help = "Several are joined by a blank, such as date and time, or item and size.",
            minLength = 1,
            maxLength = 5)
        List<String> headings) {

  /** Copies the headings. */
  public ColumnChoice {
    headings = List.copyOf(headings);
  }
}
