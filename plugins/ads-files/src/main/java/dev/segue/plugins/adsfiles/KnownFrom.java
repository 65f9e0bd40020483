package dev.segue.plugins.adsfiles;

/** From when on rehearsals know results. */
enum KnownFrom {
  /** From the import on. */
  IMPORT,
  /** From the end of the day that they are of, for a first load of the past. */
  RESULT
}
