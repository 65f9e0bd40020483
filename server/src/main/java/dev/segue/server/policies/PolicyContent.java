package dev.segue.server.policies;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody writes of a policy; see {@link Policy}.
 *
 * @param limits needed by an automatic one
 * @param fallback null for the usual one
 */
record PolicyContent(
    String workflow,
    String changes,
    Level level,
    @Nullable Limits limits,
    @Nullable Fallback fallback) {

  Limits limitsOrNone() {
    return Objects.requireNonNullElse(limits, Limits.NONE);
  }

  Fallback fallbackOrDefault() {
    return Objects.requireNonNullElse(fallback, Fallback.DEFAULT);
  }

  /**
   * Refuses what makes no sense.
   *
   * @throws ApiException 422 with the fields
   */
  void check() {
    List<FieldError> problems = new ArrayList<>(limitsOrNone().problems());
    problems.addAll(fallbackOrDefault().problems());
    if (level == Level.AUTOMATIC && !limitsOrNone().limitsAnything()) {
      problems.add(
          new FieldError(
              "limits",
              "An automatic policy needs a limit, such as percentPerChange, amountPerDay or"
                  + " changesPerDay."));
    }
    if (level == Level.AUTOMATIC
        && limitsOrNone().targets() != null
        && !limitsOrNone().countsEverything()) {
      problems.add(
          new FieldError(
              "limits.targets",
              "Changes of a kind that is named pass the limits that can't measure them. Add one that"
                  + " counts all: changesPerSet, changesPerDay, audiencePerSet or audiencePerDay."));
    }
    if (!problems.isEmpty()) {
      throw ApiException.invalid(problems);
    }
  }
}
