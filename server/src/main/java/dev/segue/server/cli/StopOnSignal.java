package dev.segue.server.cli;

import dev.segue.server.cli.ServerLauncher.Server;
import dev.segue.server.cli.output.Output;
import java.util.concurrent.atomic.AtomicBoolean;

/** Closes a server when this process is told to end, until this itself is closed. */
final class StopOnSignal implements AutoCloseable {

  private final Server server;
  private final Output out;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Thread hook = new Thread(this::stop, "segue-stop");

  StopOnSignal(Server server, Output out) {
    this.server = server;
    this.out = out;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    if (over.compareAndSet(false, true)) {
      out.line("Stopping.");
      server.close();
      out.line("Stopped.");
    }
  }

  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process ends already; the hook finds nothing left to do.
      }
    }
  }
}
