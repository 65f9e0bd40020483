package dev.segue.server.triggers.monitors;

import dev.segue.server.http.ApiException;
import dev.segue.server.triggers.monitors.Condition.Direction;
import dev.segue.server.triggers.monitors.SeasonalBaseline.Learning;
import dev.segue.server.triggers.monitors.SeasonalBaseline.Season;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people write about what is out of order: exactly one of above, below, band, change and
 * anomaly.
 *
 * @param recovery the level at which an alert of above or below ends; the limit without it
 */
record ConditionSettings(
    @Nullable Double above,
    @Nullable Double below,
    @Nullable Double recovery,
    @Nullable Band band,
    @Nullable Change change,
    @Nullable Anomaly anomaly) {

  private static final int MOST_SLOTS = 336;
  private static final int MOST_SEASONS = 60;
  private static final int MOST_POINTS = 1000;

  record Band(@Nullable Double low, @Nullable Double high, @Nullable Double margin) {}

  record Change(
      @Nullable String direction,
      @Nullable Double percent,
      @Nullable Duration over,
      @Nullable Double recovery) {}

  /**
   * An anomaly.
   *
   * @param sensitivity standard deviations; 8 without it
   * @param season {@code day} without it, or {@code week}
   * @param slots into which a season is divided; one for each hour without it
   * @param seasons how many past seasons count; 14 days or 5 weeks without it
   * @param level over how many values the level is taken; 72 without it
   * @param zone by whose clock the season runs; UTC without it
   */
  record Anomaly(
      @Nullable String direction,
      @Nullable Double sensitivity,
      @Nullable Double recovery,
      @Nullable String season,
      @Nullable Integer slots,
      @Nullable Integer seasons,
      @Nullable Integer level,
      @Nullable String zone) {}

  /** The condition, defaults filled in. */
  Condition condition() {
    if (Stream.of(above, below, band, change, anomaly).filter(Objects::nonNull).count() != 1) {
      throw invalid("", "A condition has exactly one of above, below, band, change and anomaly.");
    }
    if (recovery != null && above == null && below == null) {
      throw invalid("recovery", "Here it goes with above and below only.");
    }
    if (above != null) {
      return new Condition.Threshold(Direction.ABOVE, above, or(recovery, above));
    }
    if (below != null) {
      return new Condition.Threshold(Direction.BELOW, below, or(recovery, below));
    }
    if (band != null) {
      return new Condition.Band(
          needed("band.low", band.low()), needed("band.high", band.high()), or(band.margin(), 0));
    }
    if (change != null) {
      double percent = needed("change.percent", change.percent());
      if (change.over() == null) {
        throw invalid("change.over", "Say compared with how long before.");
      }
      return new Condition.Change(
          direction("change.direction", change.direction()),
          percent,
          change.over(),
          or(change.recovery(), percent));
    }
    return anomaly(Objects.requireNonNull(anomaly));
  }

  private static Condition anomaly(Anomaly written) {
    double sensitivity = or(written.sensitivity(), 8);
    Season season =
        switch (written.season() == null ? "day" : written.season()) {
          case "day" -> Season.DAY;
          case "week" -> Season.WEEK;
          default -> throw invalid("anomaly.season", "It is day or week.");
        };
    boolean weekly = season == Season.WEEK;
    int slots = within("anomaly.slots", written.slots(), weekly ? 168 : 24, MOST_SLOTS);
    int seasons = within("anomaly.seasons", written.seasons(), weekly ? 5 : 14, MOST_SEASONS);
    int level = within("anomaly.level", written.level(), 72, MOST_POINTS);
    return new Condition.Anomaly(
        direction("anomaly.direction", written.direction()),
        sensitivity,
        or(written.recovery(), sensitivity / 2),
        new Learning(season, slots, seasons, level, 2 * slots),
        zone(written.zone()));
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return ZoneId.of(name == null ? "UTC" : name);
    } catch (DateTimeException e) {
      throw invalid(
          "anomaly.zone", "There is no zone %s. Write one such as Europe/Berlin.".formatted(name));
    }
  }

  private static Direction direction(String field, @Nullable String name) {
    return switch (name == null ? "either" : name.toLowerCase(Locale.ROOT)) {
      case "above" -> Direction.ABOVE;
      case "below" -> Direction.BELOW;
      case "either" -> Direction.EITHER;
      default -> throw invalid(field, "It is above, below or either.");
    };
  }

  private static int within(String field, @Nullable Integer value, int usual, int most) {
    int number = value == null ? usual : value;
    if (number < 1 || number > most) {
      throw invalid(field, "It is between 1 and %d.".formatted(most));
    }
    return number;
  }

  private static double needed(String field, @Nullable Double value) {
    if (value == null) {
      throw invalid(field, "This is needed.");
    }
    return value;
  }

  private static double or(@Nullable Double value, double usual) {
    return value == null ? usual : value;
  }

  private static ApiException invalid(String field, String message) {
    return ApiException.invalid(
        field.isEmpty() ? "monitor.condition" : "monitor.condition." + field, message);
  }
}
