package dev.segue.server.policies;

import dev.segue.server.http.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Within what an automatic policy approves. Each that is null limits nothing; a change that a limit
 * can't measure goes to a person, unless {@link #targets} names its kind.
 *
 * @param currency the ISO 4217 code of the amounts
 * @param amountPerChange greatest amount that one change moves, its sign apart
 * @param amountPerSet greatest sum of these in one list
 * @param amountPerDay greatest sum of these that the policy lets through in a business day
 * @param percentPerChange by how many per cent a number of a change may differ from the one before
 * @param changesPerSet how many changes a list may have
 * @param changesPerDay how many changes the policy lets through in a business day
 * @param audiencePerSet how many people a list may reach: a change's field {@code audience}, else
 *     one for each change
 * @param audiencePerDay how many people the policy lets be reached in a business day
 * @param targets kinds of what may be altered, such as {@code campaign-budget}; null for all
 * @param sites at which it approves; null for all
 */
record Limits(
    @Nullable String currency,
    @Nullable BigDecimal amountPerChange,
    @Nullable BigDecimal amountPerSet,
    @Nullable BigDecimal amountPerDay,
    @Nullable BigDecimal percentPerChange,
    @Nullable Integer changesPerSet,
    @Nullable Integer changesPerDay,
    @Nullable Long audiencePerSet,
    @Nullable Long audiencePerDay,
    @Nullable List<String> targets,
    @Nullable List<String> sites) {

  private static final int DECIMALS = 6;

  static final Limits NONE =
      new Limits(null, null, null, null, null, null, null, null, null, null, null);

  boolean measuresAmounts() {
    return Stream.of(amountPerChange, amountPerSet, amountPerDay).anyMatch(Objects::nonNull);
  }

  /** Whether anything but the place and the kind is limited. */
  boolean limitsAnything() {
    return measuresAmounts() || percentPerChange != null || countsEverything();
  }

  /** Whether there is a limit that measures whatever change there is. */
  boolean countsEverything() {
    return Stream.of(changesPerSet, changesPerDay, audiencePerSet, audiencePerDay)
        .anyMatch(Objects::nonNull);
  }

  /** Whether a policy's author has named this kind of targets. */
  boolean names(String targetKind) {
    return targets != null && targets.contains(targetKind);
  }

  /** What makes no sense. */
  List<FieldError> problems() {
    List<FieldError> problems = new ArrayList<>();
    if (measuresAmounts() && currency == null) {
      problems.add(new FieldError("limits.currency", "Amounts need a currency, such as EUR."));
    }
    if (currency != null && !isCurrency(currency)) {
      problems.add(
          new FieldError(
              "limits.currency", "There is no currency %s. EUR is one.".formatted(currency)));
    }
    tooFine("limits.amountPerChange", amountPerChange).ifPresent(problems::add);
    tooFine("limits.amountPerSet", amountPerSet).ifPresent(problems::add);
    tooFine("limits.amountPerDay", amountPerDay).ifPresent(problems::add);
    tooFine("limits.percentPerChange", percentPerChange).ifPresent(problems::add);
    return problems;
  }

  /** Refuses what would take pages to write down: {@code 1e-900} has nine hundred decimals. */
  static Optional<FieldError> tooFine(String field, @Nullable BigDecimal number) {
    return number == null || number.stripTrailingZeros().scale() <= DECIMALS
        ? Optional.empty()
        : Optional.of(
            new FieldError(field, "Write it with at most %d decimals.".formatted(DECIMALS)));
  }

  private static boolean isCurrency(String code) {
    try {
      return Currency.getInstance(code) != null;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }
}
