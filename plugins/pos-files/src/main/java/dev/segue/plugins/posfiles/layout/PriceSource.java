package dev.segue.plugins.posfiles.layout;

/** Where the price of a line comes from. */
public enum PriceSource {
  /** From the file; a line without price and amount is rejected. */
  FILE,
  /** From the file, else the item's price in Segue; a line that has neither is rejected. */
  FILE_OR_ITEM,
  /** From nowhere: the file counts items, and a line without price is worth nothing. */
  NONE
}
