package dev.segue.plugins.menumodels.demand;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Features from the weather of the day, as far as it was forecast, and of the days before. */
final class WeatherFeatures {

  private static final int RECENT_DAYS = 14;

  private WeatherFeatures() {}

  static List<Feature> all() {
    return List.of(
        ofDay("weather.temperature", Weather::temperature),
        ofDay("weather.cloud", Weather::cloudCover),
        ofDay("weather.wind", Weather::windSpeed),
        ofDay("weather.rain", Weather::rain),
        new Feature(
            "weather.warmer",
            Known.FROM_ANNOUNCEMENT,
            (target, origin) ->
                value(origin.weather(target.day()), Weather::temperature)
                    - recentTemperature(origin)),
        new Feature(
            "weather.change",
            Known.FROM_ANNOUNCEMENT,
            (target, origin) ->
                value(origin.weather(target.day()), Weather::temperature)
                    - value(origin.weather(origin.day()), Weather::temperature)),
        new Feature(
            "weather.recent",
            Known.AT_ORIGIN,
            (target, origin) ->
                value(origin.weather(origin.day()), Weather::temperature)
                    - recentTemperature(origin)));
  }

  private static Feature ofDay(String name, ToDoubleFunction<Weather> part) {
    return new Feature(
        name,
        Known.FROM_ANNOUNCEMENT,
        (target, origin) -> value(origin.weather(target.day()), part));
  }

  private static double value(Optional<Weather> weather, ToDoubleFunction<Weather> part) {
    return weather.isPresent() ? part.applyAsDouble(weather.get()) : Double.NaN;
  }

  private static double recentTemperature(Origin origin) {
    double sum = 0;
    int count = 0;
    for (int back = 1; back <= RECENT_DAYS; back++) {
      double temperature = value(origin.weather(origin.day() - back), Weather::temperature);
      if (!Double.isNaN(temperature)) {
        sum += temperature;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
