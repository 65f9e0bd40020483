package dev.segue.plugins.posfiles.layout;

/** What a column of a sales file can mean. */
public enum SalesColumn {
  /** The number of the order or receipt. */
  ORDER("order"),
  /** The number of the line within its order; without it, lines are counted. */
  LINE("line"),
  /** The item's number or code. */
  ITEM("item"),
  /** The item as guests know it. */
  ITEM_NAME("item name"),
  /** The item's group. */
  CATEGORY("category"),
  /** When it was ordered: one column, or date and time in two. */
  ORDERED_AT("date and time"),
  /** How many; without it, one. */
  QUANTITY("quantity"),
  /** The price of one. */
  UNIT_PRICE("unit price"),
  /** What was paid for the line, after discounts. */
  AMOUNT("amount"),
  /** ISO 4217 code; without it, the site's currency. */
  CURRENCY("currency"),
  /** Where it was sold, such as counter or delivery. */
  CHANNEL("channel");

  private final String words;

  SalesColumn(String words) {
    this.words = words;
  }

  /**
   * Names the column for people.
   *
   * @return such as {@code date and time}
   */
  public String words() {
    return words;
  }
}
