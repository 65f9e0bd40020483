package dev.segue.plugins.menumodels.demand;

/** Which weather of the day to be forecast a model may look at. */
public enum WeatherUse {
  /** None; the weather up to the last known day is looked at all the same. */
  NONE,
  /** What was known on the day the forecast is made, that is a weather forecast. */
  KNOWN,
  /**
   * What was observed later, in place of a forecast that nobody kept. It flatters: a real weather
   * forecast errs. Never used for live forecasts.
   */
  OBSERVED
}
