package dev.segue.plugins.menumodels.demand;

/** What it means that an item has no sale on a day on which others were sold. */
public enum Absent {
  /** Nothing is known of the item on that day. */
  UNKNOWN,
  /**
   * None were sold, as long as the item was sold in the {@value DemandHistory#ON_OFFER_DAYS} days
   * before; after that it is taken to be off the menu, and nothing is known of it.
   */
  ZERO_WHILE_ON_OFFER
}
