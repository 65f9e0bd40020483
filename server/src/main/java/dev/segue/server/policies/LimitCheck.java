package dev.segue.server.policies;

import dev.segue.sdk.Change;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds a list of changes against the limits of a policy. */
final class LimitCheck {

  private final Limits limits;

  LimitCheck(Limits limits) {
    this.limits = limits;
  }

  /** What came of it, in words for people. */
  sealed interface Result {
    /** All limits are kept; the figures beside the limits. */
    record Within(Measured measured, String words) implements Result {}

    /** Why a person must decide. */
    record Beyond(String reason) implements Result {}
  }

  /**
   * Checks a list.
   *
   * @param siteId the run's; null if it has none
   * @param today what the policy has let through today
   */
  Result check(List<Change> changes, @Nullable String siteId, Measured today) {
    if (limits.sites() != null && (siteId == null || !limits.sites().contains(siteId))) {
      return new Result.Beyond(
          siteId == null
              ? "the run has no site, and the policy holds at some sites"
              : "the policy doesn't hold at %s".formatted(siteId));
    }
    for (int i = 0; i < changes.size(); i++) {
      Optional<String> beyond = beyond(changes.get(i));
      if (beyond.isPresent()) {
        return new Result.Beyond("change %d %s".formatted(i + 1, beyond.get()));
      }
    }
    Measured list = Measured.of(changes, limits);
    Measured day = today.plus(list);
    List<String> words = new ArrayList<>();
    Optional<String> beyond =
        most(words, list.changes(), limits.changesPerSet(), "changes")
            .or(() -> most(words, list.amount(), limits.amountPerSet(), currency()))
            .or(() -> most(words, list.audience(), limits.audiencePerSet(), "people"))
            .or(() -> most(words, day.changes(), limits.changesPerDay(), "changes today"))
            .or(() -> most(words, day.amount(), limits.amountPerDay(), currency() + " today"))
            .or(() -> most(words, day.audience(), limits.audiencePerDay(), "people today"));
    if (beyond.isPresent()) {
      return new Result.Beyond(beyond.get());
    }
    steepest(changes).ifPresent(words::add);
    dearest(changes).ifPresent(words::add);
    return new Result.Within(list, String.join(", ", words));
  }

  private Optional<String> beyond(Change change) {
    String kind = change.target().kind();
    if (limits.targets() != null && !limits.targets().contains(kind)) {
      return Optional.of("alters a %s, which the policy doesn't name".formatted(kind));
    }
    return amount(change).or(() -> percent(change));
  }

  private Optional<String> amount(Change change) {
    if (!limits.measuresAmounts()) {
      return Optional.empty();
    }
    Optional<BigDecimal> amount = Measured.amount(change, limits);
    if (amount.isEmpty()) {
      boolean foreign = change.amount() != null;
      return foreign || !limits.names(change.target().kind())
          ? Optional.of(
              foreign
                  ? "is in another currency than %s".formatted(limits.currency())
                  : "names no amount")
          : Optional.empty();
    }
    return limits.amountPerChange() != null && amount.get().compareTo(limits.amountPerChange()) > 0
        ? Optional.of(
            "moves %s %s, the policy allows %s"
                .formatted(plain(amount.get()), currency(), plain(limits.amountPerChange())))
        : Optional.empty();
  }

  private Optional<String> percent(Change change) {
    if (limits.percentPerChange() == null) {
      return Optional.empty();
    }
    Measured.Steepness steepness = Measured.steepness(change);
    if (steepness.fromZero()) {
      return Optional.of("takes a number away from zero, which no per cent tells");
    }
    BigDecimal percent = steepness.most();
    if (percent == null) {
      return limits.names(change.target().kind())
          ? Optional.empty()
          : Optional.of("has no number whose change in per cent could be told");
    }
    return percent.compareTo(limits.percentPerChange()) > 0
        ? Optional.of(
            "alters a number by %s %%, the policy allows %s %%"
                .formatted(rounded(percent), plain(limits.percentPerChange())))
        : Optional.empty();
  }

  private Optional<String> steepest(List<Change> changes) {
    BigDecimal limit = limits.percentPerChange();
    if (limit == null) {
      return Optional.empty();
    }
    return changes.stream()
        .flatMap(change -> Stream.ofNullable(Measured.steepness(change).most()))
        .max(BigDecimal::compareTo)
        .map(most -> "%s %% of at most %s %% for a change".formatted(rounded(most), plain(limit)));
  }

  private Optional<String> dearest(List<Change> changes) {
    BigDecimal limit = limits.amountPerChange();
    if (limit == null) {
      return Optional.empty();
    }
    return changes.stream()
        .flatMap(change -> Measured.amount(change, limits).stream())
        .max(BigDecimal::compareTo)
        .map(
            most ->
                "%s of at most %s %s for a change"
                    .formatted(plain(most), plain(limit), currency()));
  }

  /** Adds the figure to the words, or says that it is too much. */
  private static Optional<String> most(
      List<String> words, Number value, @Nullable Number limit, String unit) {
    if (limit == null) {
      return Optional.empty();
    }
    BigDecimal is = new BigDecimal(value.toString());
    BigDecimal may = new BigDecimal(limit.toString());
    if (is.compareTo(may) > 0) {
      return Optional.of(
          "it comes to %s %s, the policy allows %s".formatted(plain(is), unit, plain(may)));
    }
    words.add("%s of at most %s %s".formatted(plain(is), plain(may), unit));
    return Optional.empty();
  }

  private String currency() {
    return String.valueOf(limits.currency());
  }

  /** Rounded up, so that no figure looks smaller than it is. */
  private static String rounded(BigDecimal percent) {
    return plain(percent.setScale(2, RoundingMode.UP));
  }

  private static String plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
  }
}
