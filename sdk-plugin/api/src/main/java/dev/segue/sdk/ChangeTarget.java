package dev.segue.sdk;

/**
 * What a change alters.
 *
 * @param kind the kind of thing, 1 to 40 characters of {@code [a-z0-9-]}, such as {@code price}
 * @param id identifies the thing within its kind, such as {@code pizza-place/margherita}
 * @param label the thing in words that people know, such as {@code Margherita at Pizza Place}
 */
public record ChangeTarget(String kind, String id, String label) {

  /** Checks the kind. */
  public ChangeTarget {
    if (!kind.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException(
          "kind of a change target must match [a-z0-9-]{1,40}: '" + kind + "'");
    }
  }
}
