package dev.segue.server.cli.scenarios;

import dev.segue.practice.ads.PracticePlatform;
import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.CliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Plays scenarios of one workflow through the API of a server that serves nobody else. */
public final class ScenarioRunner {

  private final ApiClient api;
  private final String workflow;
  private final Path folder;
  private final Clock clock;
  private final Duration patience;

  /**
   * Makes a runner.
   *
   * @param api of an administrator
   * @param workflow the id of the deployed workflow
   * @param folder gets a folder with sales per scenario
   * @param clock by which a site's day is reckoned
   * @param patience for each scenario
   */
  public ScenarioRunner(
      ApiClient api, String workflow, Path folder, Clock clock, Duration patience) {
    this.api = api;
    this.workflow = workflow;
    this.folder = folder;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * How a scenario came out.
   *
   * @param file the scenario
   * @param differences from what it wants, a sentence each; empty if it passed
   * @param took how long it took
   */
  public record Outcome(ScenarioFile file, List<String> differences, Duration took) {

    /** Copies the list. */
    public Outcome {
      differences = List.copyOf(differences);
    }

    /** Whether all came as it should. */
    public boolean passed() {
      return differences.isEmpty();
    }
  }

  /** Plays a scenario to its end. */
  public Outcome play(ScenarioFile file) {
    long began = System.nanoTime();
    List<String> differences;
    try (MailTrap mail = new MailTrap();
        PracticePlatform platform = PracticePlatform.start(file.name())) {
      Stage stage = new Stage(api, file, clock, platform);
      stage.setUp(folder.resolve(file.name()), mail);
      Play play = new Play(api, stage, stage.start(workflow), patience);
      play.perform(file.acts());
      JsonNode ended = play.end();
      differences = Verdict.of(file.then(), ended, play.changes(ended), mail.mails());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CliException e) {
      differences = new ArrayList<>(List.of(String.valueOf(e.getMessage())));
      differences.addAll(e.details());
    }
    return new Outcome(file, differences, Duration.ofNanos(System.nanoTime() - began));
  }
}
