package dev.segue.server.cli.authoring;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.authoring.DevServer.Installed;
import dev.segue.server.cli.nouns.StepTrial;
import dev.segue.server.cli.nouns.TrialOptions;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import dev.segue.server.cli.session.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a project whenever it changes, and has a server take each build. */
@Command(
    name = "dev",
    description = {
      "Build a plugin's project whenever a file is saved, and reload it into the",
      "server, until Ctrl-C. Each build gets a version of its own, a pre-release such",
      "as 0.1.1-dev.20261121080000; they are removed in the end.",
      "With --run, a step is tried after each build, in simulated mode."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segue plugins dev",
      "  segue plugins dev bakery --run count-items --input sample.json",
      "  segue plugins dev --run count-items --var day=2026-11-21 --connection main"
    })
final class DevCommand implements Runnable {

  private final Session session;
  private final Clock clock;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The project; this folder if left out.")
  private Path folder = Path.of(".");

  @Option(
      names = "--run",
      paramLabel = "STEP",
      description = "A step to try after each build: its name, or its whole type.")
  private @Nullable String step;

  @Mixin private final TrialOptions trial = new TrialOptions();

  @Option(names = "--tests", description = "Run the project's tests in each build.")
  private boolean tests;

  @Option(names = "--keep", description = "Leave the last build on the server in the end.")
  private boolean keep;

  @Option(names = "--offline", description = "Have Maven use what it has downloaded.")
  private boolean offline;

  @Mixin private final SdkOption sdk = new SdkOption();

  DevCommand(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  @Override
  public void run() {
    Path project = folder.toAbsolutePath().normalize();
    if (!Files.isRegularFile(project.resolve("pom.xml"))) {
      throw CliException.wrongUse(
          project + " has no pom.xml. Name a plugin's project, or make one with `plugins new`.");
    }
    DevServer server = new DevServer(session.api(), new DevVersions(clock));
    server.check();
    sdk.provide(session);
    MavenBuild build = new MavenBuild(project, sdk.repository(), tests, offline);
    try (EndOnSignal ignored = new EndOnSignal()) {
      try {
        follow(project, build, server);
      } catch (InterruptedException e) {
        session.out().remark("ending.");
      } finally {
        // Taken back, because clearing up waits for the server.
        boolean interrupted = Thread.interrupted();
        clearUp(server);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private void follow(Path project, MavenBuild build, DevServer server)
      throws InterruptedException {
    List<Path> places =
        new ArrayList<>(List.of(project.resolve("src"), project.resolve("pom.xml")));
    Set<Path> inputs = new HashSet<>();
    trial.inputFile().map(file -> file.toAbsolutePath().normalize()).ifPresent(inputs::add);
    places.addAll(inputs);
    SourceWatch watch = new SourceWatch(places);
    Installed latest = null;
    Set<Path> changed = Set.of();
    while (true) {
      boolean onlyInput = latest != null && !changed.isEmpty() && inputs.containsAll(changed);
      try {
        Installed now = onlyInput ? latest : reload(build, server);
        if (now != null) {
          latest = now;
          if (step != null) {
            tryStep(step, now);
          }
        }
      } catch (CliException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException();
        }
        tell(e);
      }
      session.out().remark("watching %s; Ctrl-C ends.".formatted(project));
      changed = watch.awaitChange();
      session.out().remark("changed: " + names(project, changed));
    }
  }

  private @Nullable Installed reload(MavenBuild build, DevServer server)
      throws InterruptedException {
    Output out = session.out();
    return switch (build.run()) {
      case MavenBuild.Outcome.Failed failed -> {
        out.remark("the build failed; what was there before goes on serving.");
        failed.why().forEach(line -> out.remark("  " + Texts.clean(line)));
        yield null;
      }
      case MavenBuild.Outcome.Built built -> {
        Installed now = server.install(DevZip.read(built.zip()));
        out.remark(
            "built in %.1f s; %s %s serves %s."
                .formatted(
                    built.took().toMillis() / 1000.0,
                    now.plugin(),
                    now.version(),
                    String.join(", ", now.stepTypes())));
        yield now;
      }
    };
  }

  private void tryStep(String name, Installed latest) {
    String type =
        latest
            .stepType(name)
            .orElseThrow(
                () ->
                    CliException.failed(
                        "--run: the plugin has no step `%s`. It has %s."
                            .formatted(name, String.join(", ", latest.stepTypes()))));
    StepTrial.run(session, type, latest.version().toString(), trial);
  }

  private void tell(CliException e) {
    session.out().remark(Texts.clean(String.valueOf(e.getMessage())));
    e.details().forEach(detail -> session.out().remark("  " + Texts.clean(detail)));
  }

  private void clearUp(DevServer server) {
    if (keep) {
      return;
    }
    List<String> left = server.removeAll();
    if (left.isEmpty()) {
      session.out().remark("removed what this session had installed.");
      return;
    }
    left.forEach(session.out()::remark);
    session.out().remark("`segue plugins remove PLUGIN VERSION --force` takes them away.");
  }

  private static String names(Path project, Set<Path> changed) {
    return String.join(
        ", ",
        changed.stream()
            .limit(3)
            .map(file -> file.startsWith(project) ? project.relativize(file) : file)
            .map(Path::toString)
            .toList());
  }
}
