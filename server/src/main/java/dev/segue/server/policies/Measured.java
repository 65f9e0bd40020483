package dev.segue.server.policies;

import dev.segue.sdk.Change;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a list of changes its limits look at.
 *
 * @param changes how many
 * @param amount the sum of the amounts in the limits' currency, their signs apart
 * @param audience how many people they reach
 */
record Measured(int changes, BigDecimal amount, long audience) {

  static final Measured NOTHING = new Measured(0, BigDecimal.ZERO, 0);

  private static final String AUDIENCE = "audience";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  static Measured of(List<Change> changes, Limits limits) {
    BigDecimal amount = BigDecimal.ZERO;
    long audience = 0;
    for (Change change : changes) {
      amount = amount.add(amount(change, limits).orElse(BigDecimal.ZERO));
      audience += audience(change);
    }
    return new Measured(changes.size(), amount, audience);
  }

  Measured plus(Measured other) {
    return new Measured(
        changes + other.changes, amount.add(other.amount), audience + other.audience);
  }

  /** The amount without its sign; empty if there is none in the limits' currency. */
  static Optional<BigDecimal> amount(Change change, Limits limits) {
    return Optional.ofNullable(change.amount())
        .filter(money -> money.currency().getCurrencyCode().equals(limits.currency()))
        .map(money -> money.amount().abs());
  }

  private static long audience(Change change) {
    BigDecimal told = number(change.after().get(AUDIENCE));
    return told == null ? 1 : told.setScale(0, RoundingMode.CEILING).longValue();
  }

  /**
   * By how many per cent the numbers of a change differ from those before.
   *
   * @param most of those that can be told; null if there are none
   * @param fromZero whether one that was zero no longer is, which no per cent tells
   */
  record Steepness(@Nullable BigDecimal most, boolean fromZero) {}

  static Steepness steepness(Change change) {
    BigDecimal most = null;
    boolean fromZero = false;
    for (Map.Entry<String, Object> field : change.after().entrySet()) {
      BigDecimal after = number(field.getValue());
      BigDecimal before = number(change.before().get(field.getKey()));
      if (after == null || before == null) {
        continue;
      }
      if (before.signum() == 0 && after.signum() != 0) {
        fromZero = true;
        continue;
      }
      BigDecimal percent =
          before.signum() == 0
              ? BigDecimal.ZERO
              : after
                  .subtract(before)
                  .abs()
                  .multiply(HUNDRED)
                  .divide(before.abs(), 6, RoundingMode.UP);
      most = most == null ? percent : most.max(percent);
    }
    return new Steepness(most, fromZero);
  }

  private static @Nullable BigDecimal number(@Nullable Object value) {
    return switch (value) {
      case BigDecimal number -> number;
      case Integer number -> BigDecimal.valueOf(number);
      case Long number -> BigDecimal.valueOf(number);
      case null, default -> null;
    };
  }
}
