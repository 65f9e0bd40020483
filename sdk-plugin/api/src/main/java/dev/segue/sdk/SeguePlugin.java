package dev.segue.sdk;

/**
 * The entry point of a plugin: lists what the plugin offers.
 *
 * <p>The class named by {@code Plugin-Class} in the plugin's descriptor implements this interface
 * and has a public constructor without parameters. The host creates one instance per loaded plugin
 * version and calls {@link #describe} once, before any step runs. Construction and description must
 * be quick (the host gives up after ten seconds) and must not open connections.
 */
public interface SeguePlugin extends AutoCloseable {

  /**
   * Registers every step, connection type and metric source of this plugin.
   *
   * @param catalog takes the registrations; valid during this call only
   */
  void describe(Catalog catalog);

  /**
   * Finds out whether this version can do its work here, such as that a native library loads or a
   * model that the zip brings can be read.
   *
   * <p>Called once, after {@link #describe} and before the first step runs, wherever the version is
   * loaded. A version that throws here is never put into service: the one before goes on serving.
   * It must be quick (the host gives up after ten seconds), must not depend on an outside system,
   * which may just be away, and must leave nothing behind, neither data nor threads.
   *
   * @throws Exception if this version can't work; the message is shown to the operator
   */
  default void selfTest() throws Exception {}

  /**
   * Ends whatever this plugin started: threads, pools, timers, registered drivers.
   *
   * <p>Called once, after the last step has returned and before the class loader is closed. What is
   * still running after this call keeps the class loader in memory, and the host reports it.
   *
   * @throws Exception if something could not be ended; the host logs it and unloads all the same
   */
  @Override
  default void close() throws Exception {}
}
