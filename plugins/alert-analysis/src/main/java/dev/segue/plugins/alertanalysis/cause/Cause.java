package dev.segue.plugins.alertanalysis.cause;

import java.util.Map;

/**
 * Segments of one dimension that explain a difference.
 *
 * @param dimension the label, such as {@code campaign}
 * @param part what they have to do with it
 * @param within values of other labels in which nearly all of it happened
 */
public record Cause(String dimension, Part part, Map<String, String> within) {

  /** Copies the map. */
  public Cause {
    within = Map.copyOf(within);
  }
}
