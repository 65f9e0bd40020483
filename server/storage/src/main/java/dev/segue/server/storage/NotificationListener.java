package dev.segue.server.storage;

/** Hears one channel. Both methods run on the listening thread, so they must return soon. */
public interface NotificationListener {

  /**
   * Something was sent.
   *
   * @param payload what {@code NOTIFY} carried, up to 8000 bytes; may be empty
   */
  void notified(String payload);

  /** From now on nothing is missed. Runs at first and after each loss of the connection. */
  default void connected() {}
}
