package dev.segue.plugins.notify;

import java.time.Duration;

/** What became of one attempt to deliver one message. */
sealed interface Delivery {

  /**
   * The server took it.
   *
   * @param reference by which it can be found there; may be empty
   */
  record Sent(String reference) implements Delivery {}

  /**
   * The server refuses it for good, and said so.
   *
   * @param reason in the server's words
   */
  record Refused(String reason) implements Delivery {}

  /**
   * It was surely not sent; a later attempt may succeed.
   *
   * @param reason what happened, and what to mend if it stays so
   * @param retryAfter when to try again
   */
  record NotSent(String reason, Duration retryAfter) implements Delivery {}

  /**
   * It may or may not have been sent: the message was out and the answer did not come.
   *
   * @param reason what happened
   */
  record Uncertain(String reason) implements Delivery {}
}
