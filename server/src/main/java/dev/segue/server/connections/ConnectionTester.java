package dev.segue.server.connections;

/** Tries connections by the code of their plugins. Thread-safe; blocks. */
@FunctionalInterface
public interface ConnectionTester {

  /**
   * Tries a connection without altering anything outside.
   *
   * @param name the connection's name
   * @param type its type
   * @return what was found
   */
  Finding test(String name, String type);

  /**
   * What a test found.
   *
   * @param works whether steps can use the connection
   * @param message one line for the operator
   */
  record Finding(boolean works, String message) {}
}
