package dev.segue.server.policies;

import dev.segue.server.http.FieldError;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a policy falls back one level by itself.
 *
 * @param window how far back decisions count, as an ISO 8601 duration of days or hours; 30 days
 *     without it
 * @param decisions how many there must be before their rate says anything, at least 1; 10 without
 *     it
 * @param approvalRate falls below this share of approvals among what people decided, 0 to 1; 0.7
 *     without it. What was undone counts as rejected, whoever approved it
 * @param effect falls by what runs measured; null if nothing is measured
 */
record Fallback(
    @Nullable String window,
    @Nullable Integer decisions,
    @Nullable BigDecimal approvalRate,
    @Nullable Effect effect) {

  static final Fallback DEFAULT = new Fallback(null, null, null, null);

  /**
   * What a run measured of its changes.
   *
   * @param variable where a run has it at its end, such as {@code measurement.effect}
   * @param atLeast falls if the mean of the latest runs is less
   * @param runs how many runs that measured something the mean is taken over; 3 without it
   */
  record Effect(String variable, BigDecimal atLeast, @Nullable Integer runs) {

    int runsOrDefault() {
      return runs == null ? 3 : runs;
    }
  }

  int decisionsOrDefault() {
    return decisions == null ? 10 : decisions;
  }

  BigDecimal rateOrDefault() {
    return approvalRate == null ? new BigDecimal("0.7") : approvalRate;
  }

  /** The beginning of the window that ends now. */
  ZonedDateTime begin(ZonedDateTime now) {
    String text = window == null ? "P30D" : window;
    return text.contains("T") ? now.minus(Duration.parse(text)) : now.minus(Period.parse(text));
  }

  /** What makes no sense. */
  List<FieldError> problems() {
    List<FieldError> problems = new ArrayList<>();
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    try {
      if (!begin(now).isBefore(now)) {
        problems.add(new FieldError("fallback.window", "This must be longer than nothing."));
      }
    } catch (DateTimeException | ArithmeticException e) {
      problems.add(new FieldError("fallback.window", "Write it like P30D or PT12H."));
    }
    Limits.tooFine("fallback.approvalRate", approvalRate).ifPresent(problems::add);
    if (effect != null) {
      Limits.tooFine("fallback.effect.atLeast", effect.atLeast()).ifPresent(problems::add);
    }
    return problems;
  }
}
