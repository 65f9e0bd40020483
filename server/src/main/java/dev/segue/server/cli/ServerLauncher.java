package dev.segue.server.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** How the command line gets a server into its own process. */
@FunctionalInterface
public interface ServerLauncher {

  /**
   * Prepares a server; nothing runs yet.
   *
   * @param home the home folder, absolute; it may not exist yet
   * @param settings settings from the command line, by their keys
   */
  Server prepare(Path home, Map<String, String> settings);

  /** A server in this process. */
  interface Server extends AutoCloseable {

    /**
     * Starts it.
     *
     * @param progress told in a sentence what is being done
     * @return where it answers, once all of it is ready
     * @throws Exception with a message for the person at the terminal
     */
    URI start(Consumer<String> progress) throws Exception;

    /** Waits until it has ended, by itself or because it was closed. */
    void awaitEnd() throws InterruptedException;

    /** Stops it in order, also while it still starts. Safe from any thread, and more than once. */
    @Override
    void close();
  }
}
