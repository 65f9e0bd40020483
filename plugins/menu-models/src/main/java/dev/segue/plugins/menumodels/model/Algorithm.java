package dev.segue.plugins.menumodels.model;

/** What a model is made of. */
public enum Algorithm {
  /** Boosted trees: the better choice on all data tried. */
  XGBOOST("xgboost"),
  /** A random forest: slower to train and larger, but plain Java. */
  RANDOM_FOREST("random-forest");

  private final String label;

  Algorithm(String label) {
    this.label = label;
  }

  /** Tells the name that results show. */
  public String label() {
    return label;
  }
}
