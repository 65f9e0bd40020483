package dev.segue.server.cli;

import dev.segue.server.cli.ServerLauncher.Server;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.HomeFolder;
import dev.segue.server.cli.session.Session;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a server, in this process or in one of its own. */
@Command(name = "up", description = "Start Segue on the home folder; Ctrl-C stops it.")
final class UpCommand implements Callable<Integer> {

  /** How the line begins that says that the server is ready, and where. */
  static final String READY = "Segue is ready at ";

  private final Session session;
  private final ServerLauncher launcher;

  @Option(
      names = {"-d", "--detach"},
      description = "Start it in the background, and return when it is ready.")
  private boolean detach;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on.")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "N", description = "The port; 0 for any free one.")
  private @Nullable Integer port;

  @Option(
      names = "--engine",
      paramLabel = "ADDRESS",
      description = "embedded or zeebe://host:port.")
  private @Nullable String engine;

  @Option(
      names = "--database",
      paramLabel = "ADDRESS",
      description = "embedded or jdbc:postgresql://host:port/database.")
  private @Nullable String database;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting, as in segue.yaml; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "With --detach: how long to wait for it (${DEFAULT-VALUE}).")
  private int timeout = 600;

  UpCommand(Session session, ServerLauncher launcher) {
    this.session = session;
    this.launcher = launcher;
  }

  @Override
  public Integer call() {
    HomeFolder home = session.home();
    home.runningServer()
        .ifPresent(
            server -> {
              throw CliException.failed(
                  "Segue already runs on %s at %s (process %d). `segue status` shows how it is, `segue down` stops it."
                      .formatted(home.path(), server.url(), server.pid()));
            });
    set("http.host", host);
    set("http.port", port);
    set("engine.address", engine);
    set("database.address", database);
    Output out = session.out();
    if (detach) {
      URI url = new BackgroundServer(home, settings).start(out::line, Duration.ofSeconds(timeout));
      sayReady(out, home, url);
      out.line("  stop it      segue down");
      return 0;
    }
    return runHere(home, out);
  }

  private void set(String key, @Nullable Object value) {
    if (value != null) {
      settings.put(key, value.toString());
    }
  }

  private int runHere(HomeFolder home, Output out) {
    try (Server server = launcher.prepare(home.path(), Map.copyOf(settings));
        StopOnSignal ignored = new StopOnSignal(server, out)) {
      sayReady(out, home, server.start(out::line));
      server.awaitEnd();
      return 0;
    } catch (InterruptedException e) {
      return 0;
    } catch (CliException e) {
      throw e;
    } catch (Exception e) {
      throw CliException.failed(
          e.getMessage() == null ? "the start failed: " + e : e.getMessage(), e);
    }
  }

  private static void sayReady(Output out, HomeFolder home, URI url) {
    out.line(READY + url);
    if (Files.exists(home.passwordFile())) {
      out.line("  sign in as   admin");
      out.line("  password in  " + home.passwordFile());
    }
    out.line("  what waits   segue approvals list");
  }
}
