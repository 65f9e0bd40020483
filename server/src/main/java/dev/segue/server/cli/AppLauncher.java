package dev.segue.server.cli;

import dev.segue.server.app.Distribution;
import dev.segue.server.app.Home;
import dev.segue.server.app.Logs;
import dev.segue.server.app.SegueServer;
import dev.segue.server.app.Settings;
import dev.segue.server.cli.api.CliException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the application behind {@code up}. Its classes are loaded by no other command. */
final class AppLauncher implements ServerLauncher {

  private final Map<String, String> environment;

  AppLauncher(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Server prepare(Path home, Map<String, String> settings) {
    return new AppServer(home, environment, settings);
  }

  /** Starts and stops on the thread that prepared it; others interrupt that thread and wait. */
  private static final class AppServer implements Server {

    private static final long PATIENCE_SECONDS = 60;

    private final Thread owner = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Path folder;
    private final Map<String, String> environment;
    private final Map<String, String> flags;
    private @Nullable Home home;
    private @Nullable SegueServer server;

    AppServer(Path folder, Map<String, String> environment, Map<String, String> flags) {
      this.folder = folder;
      this.environment = environment;
      this.flags = flags;
    }

    @Override
    public URI start(Consumer<String> progress) throws Exception {
      Distribution distribution = distribution();
      Home opened = Home.open(folder);
      home = opened;
      Settings settings = Settings.read(opened.settings(), environment, flags);
      Logs.toFile(opened, settings.logLevel());
      SegueServer starting = new SegueServer(opened, settings, distribution, progress::accept);
      server = starting;
      starting.start();
      return URI.create(starting.url());
    }

    @Override
    public void awaitEnd() throws InterruptedException {
      if (server != null) {
        server.awaitStop();
      }
    }

    @Override
    public void close() {
      if (Thread.currentThread().equals(owner)) {
        closeHere();
      } else {
        owner.interrupt();
        awaitOwner();
      }
    }

    private void closeHere() {
      // What interrupted the start must not interrupt the stop.
      Thread.interrupted();
      try {
        if (server != null) {
          server.close();
        }
        if (home != null) {
          home.close();
        }
      } catch (IOException e) {
        throw CliException.failed(
            "the home folder %s could not be given back (%s).".formatted(folder, e), e);
      } finally {
        ended.countDown();
      }
    }

    private void awaitOwner() {
      try {
        if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw CliException.failed(
              "the server did not stop within %d s; its log says what it waits for."
                  .formatted(PATIENCE_SECONDS));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static Distribution distribution() {
      String folder = System.getProperty(Distribution.PROPERTY);
      if (folder == null) {
        throw CliException.failed(
            "nobody said where Segue is installed. Start it with the script bin/segue.");
      }
      return new Distribution(Path.of(folder));
    }
  }
}
