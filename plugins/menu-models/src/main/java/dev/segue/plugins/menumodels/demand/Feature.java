package dev.segue.plugins.menumodels.demand;

/**
 * One input of a model.
 *
 * @param name unique within a feature set
 * @param known when its value is known
 * @param formula how it comes about
 */
public record Feature(String name, Known known, Formula formula) {

  /** Computes a feature from what is known at the origin. */
  @FunctionalInterface
  public interface Formula {

    /**
     * Computes the value.
     *
     * @return a finite number, or NaN if it isn't known
     */
    double value(Target target, Origin origin);
  }
}
