package dev.segue.plugins.menumodels.demand;

/** A demand history with its surroundings, from which it can be seen as of any day. Immutable. */
public final class DemandData {

  private final DemandHistory history;
  private final Surroundings surroundings;
  private final SeasonalLevel levels;

  /**
   * Joins a history and its surroundings.
   *
   * @param history the sales
   * @param surroundings holidays, events and weather
   */
  public DemandData(DemandHistory history, Surroundings surroundings) {
    this.history = history;
    this.surroundings = surroundings;
    this.levels = new SeasonalLevel(history, surroundings);
  }

  /** Tells the sales. */
  public DemandHistory history() {
    return history;
  }

  /**
   * Looks at the data from the end of a day.
   *
   * @param day 0 to {@code history().days() - 1}
   * @return what was known then
   */
  public Origin asOf(int day) {
    return new Origin(history, surroundings, levels, day);
  }

  /** Tells the surroundings. */
  public Surroundings surroundings() {
    return surroundings;
  }
}
