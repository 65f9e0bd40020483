package dev.segue.plugins.posfiles;

/** From when on a rehearsed run sees an imported sale. */
enum KnownFrom {
  /** From its import on: what really could have been known. */
  IMPORT,
  /** From the sale itself on: for a first load of past years, so that rehearsals can use them. */
  SALE
}
