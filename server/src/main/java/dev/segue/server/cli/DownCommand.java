package dev.segue.server.cli;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.HomeFolder;
import dev.segue.server.cli.session.ServerFile;
import dev.segue.server.cli.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops the server of the home folder. */
@Command(name = "down", description = "Stop the Segue that runs on the home folder.")
final class DownCommand implements Runnable {

  private final Session session;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait (${DEFAULT-VALUE}).")
  private int timeout = 90;

  @Option(names = "--force", description = "Kill it and its processes if it doesn't stop in time.")
  private boolean force;

  DownCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    Output out = session.out();
    HomeFolder home = session.home();
    Optional<ServerFile> server = home.runningServer();
    if (server.isEmpty()) {
      out.done(
          Json.object().put("state", "stopped"), "Segue isn't running on " + home.path() + ".");
      return;
    }
    ProcessHandle process = server.get().process().orElse(null);
    if (process != null) {
      stop(process, out);
    }
    out.done(Json.object().put("state", "stopped"), "Segue has stopped.");
  }

  private void stop(ProcessHandle process, Output out) {
    List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process)).toList();
    if (!out.isJson()) {
      out.line("Stopping Segue (process %d).".formatted(process.pid()));
    }
    process.destroy();
    if (ended(List.of(process))) {
      return;
    }
    if (!force) {
      throw CliException.failed(
          "Segue (process %d) is still stopping after %d s. Wait longer with --timeout, or end it with `segue down --force`."
              .formatted(process.pid(), timeout));
    }
    all.forEach(ProcessHandle::destroyForcibly);
    if (!ended(all)) {
      throw CliException.failed("processes can't be killed: " + pids(all) + ".");
    }
  }

  private boolean ended(List<ProcessHandle> processes) {
    CompletableFuture<?>[] ends =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get(timeout, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw CliException.failed("the server's process can't be watched.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted; the server goes on stopping.", e);
    }
  }

  private static String pids(List<ProcessHandle> processes) {
    return String.join(
        ", ",
        processes.stream()
            .filter(ProcessHandle::isAlive)
            .map(process -> Long.toString(process.pid()))
            .toList());
  }
}
