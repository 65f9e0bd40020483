package dev.segue.plugins.menumodels.matrix;

/** Where an item stands in the matrix of Kasavana and Smith. */
public enum MenuClass {
  /** Popular, with a high margin: keep it as it is and in sight. */
  STAR,
  /** Popular, with a low margin: raise its price with care, or make it cheaper. */
  PLOW_HORSE,
  /** Unpopular, with a high margin: promote it, or rename and move it. */
  PUZZLE,
  /** Unpopular, with a low margin: rework it or take it off. */
  DOG;

  static MenuClass of(boolean popular, boolean highMargin) {
    if (popular) {
      return highMargin ? STAR : PLOW_HORSE;
    }
    return highMargin ? PUZZLE : DOG;
  }
}
