package dev.segue.plugins.menumodels.demand;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holidays, events and weather around a demand history. Immutable. */
public final class Surroundings {

  private static final int OBSERVED_AHEAD = 366;

  private final Map<LocalDate, Occasion> holidays = new HashMap<>();
  private final Map<LocalDate, List<Occasion>> events = new HashMap<>();
  private final Map<String, List<Occasion>> byName = new HashMap<>();
  private final Map<LocalDate, List<Weather>> weather = new HashMap<>();

  /**
   * Gathers what is known.
   *
   * @param holidays public holidays; the first of a day counts
   * @param events local events
   * @param weather several values for a day are allowed, such as a forecast and what came of it
   * @param use which weather of a day to be forecast may be looked at
   */
  public Surroundings(
      Collection<Occasion> holidays,
      Collection<Occasion> events,
      Collection<Weather> weather,
      WeatherUse use) {
    for (Occasion holiday : holidays) {
      this.holidays.putIfAbsent(holiday.day(), holiday);
      remember(holiday);
    }
    for (Occasion event : events) {
      this.events.computeIfAbsent(event.day(), day -> new ArrayList<>()).add(event);
      remember(event);
    }
    byName.values().forEach(days -> days.sort(Comparator.comparing(Occasion::day).reversed()));
    for (Weather values : weather) {
      Weather kept =
          switch (use) {
            case KNOWN -> values;
            case OBSERVED -> values.knownAhead(OBSERVED_AHEAD);
            case NONE -> values.knownOn().isBefore(values.day()) ? values.knownAhead(0) : values;
          };
      this.weather.computeIfAbsent(kept.day(), day -> new ArrayList<>()).add(kept);
    }
    this.weather
        .values()
        .forEach(days -> days.sort(Comparator.comparing(Weather::knownOn).reversed()));
  }

  /** Makes surroundings of which nothing is known but the calendar. */
  public static Surroundings none() {
    return new Surroundings(List.of(), List.of(), List.of(), WeatherUse.NONE);
  }

  private void remember(Occasion occasion) {
    byName.computeIfAbsent(occasion.name(), name -> new ArrayList<>()).add(occasion);
  }

  /** Finds the public holiday of a day. */
  public Optional<Occasion> holiday(LocalDate day) {
    return Optional.ofNullable(holidays.get(day));
  }

  /** Finds the event of a day that was known on another day. */
  public Optional<Occasion> event(LocalDate day, LocalDate knownOn) {
    return events.getOrDefault(day, List.of()).stream()
        .filter(event -> !event.knownOn().isAfter(knownOn))
        .findFirst();
  }

  /** Lists all days of an occasion, the latest first. */
  List<Occasion> days(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /** Finds the latest weather of a day that was known on another day. */
  public Optional<Weather> weather(LocalDate day, LocalDate knownOn) {
    return weather.getOrDefault(day, List.of()).stream()
        .filter(values -> !values.knownOn().isAfter(knownOn))
        .findFirst();
  }

  /** Tells whether a day is a holiday or the eve of one, so that it says little about others. */
  boolean unusual(LocalDate day) {
    return holidays.containsKey(day) || holidays.containsKey(day.plusDays(1));
  }

  /** Tells whether a working day lies between a holiday and a weekend. */
  boolean bridge(LocalDate day) {
    if (holidays.containsKey(day)) {
      return false;
    }
    return (day.getDayOfWeek() == DayOfWeek.FRIDAY && holidays.containsKey(day.minusDays(1)))
        || (day.getDayOfWeek() == DayOfWeek.MONDAY && holidays.containsKey(day.plusDays(1)));
  }
}
