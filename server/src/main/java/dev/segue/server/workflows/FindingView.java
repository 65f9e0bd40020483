package dev.segue.server.workflows;

import dev.segue.bpmn.model.Finding;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A finding as the API shows it and the database keeps it.
 *
 * @param severity {@code error}, {@code warning} or {@code info}
 * @param resource the file
 * @param element the element's id; null for the whole file
 * @param message what is wrong, and what to do about it
 */
public record FindingView(
    String severity, String rule, String resource, @Nullable String element, String message) {

  private static final List<String> RANKS = List.of("error", "warning", "info");

  static FindingView of(String resource, Finding finding) {
    return new FindingView(
        finding.severity().name().toLowerCase(Locale.ROOT),
        finding.rule(),
        resource,
        finding.elementId(),
        finding.text());
  }

  boolean isError() {
    return severity.equals("error");
  }

  int rank() {
    return RANKS.indexOf(severity);
  }
}
