package dev.segue.sdk;

import java.util.Set;

/**
 * A configured account at an outside system, as a record annotated with {@link ConnectionInfo}.
 *
 * <p>Components of the type {@link Secret} are kept sealed and appear in no form, log or export. A
 * step takes a connection by having a component of this type in its input; in a diagram the input
 * mapping holds the connection's name, and only the host turns it into the account.
 */
public interface ConnectionType {

  /**
   * Lists the hosts that {@link StepContext#http()} may reach for this connection.
   *
   * @return {@code host} or {@code host:port}, lower case; empty if the connection doesn't speak
   *     HTTP
   */
  Set<String> hosts();

  /**
   * Tries the connection without altering anything.
   *
   * @param context {@link StepContext#http()} reaches {@link #hosts()}
   * @return what was found
   * @throws Exception if the connection doesn't work; the message is shown to the operator
   */
  ConnectionCheck test(StepContext context) throws Exception;

  /**
   * What a test of a connection found.
   *
   * @param works whether steps can use the connection
   * @param message one line for the operator, such as the account's name, or what to mend
   */
  record ConnectionCheck(boolean works, String message) {}
}
