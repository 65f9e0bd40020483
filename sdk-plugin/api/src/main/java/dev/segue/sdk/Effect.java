package dev.segue.sdk;

/**
 * What a step does to the world outside Segue, from nothing to spending money.
 *
 * <p>The order of the constants is the order of care: everything after {@link #READ} goes through
 * the journal and must be able to {@linkplain Step#simulate simulate}.
 */
public enum Effect {
  /** Computes from its input alone; may be repeated at will. */
  NONE,
  /** Reads from outside; may be repeated at will. */
  READ,
  /** Creates or alters something outside, such as a price. */
  WRITE,
  /** Sends a message to people; cannot be taken back. */
  SEND,
  /** Commits money. */
  SPEND;

  /**
   * Tells whether running a step of this effect twice could be noticed outside.
   *
   * @return true for {@link #WRITE}, {@link #SEND} and {@link #SPEND}
   */
  public boolean isNoticeable() {
    return compareTo(READ) > 0;
  }
}
