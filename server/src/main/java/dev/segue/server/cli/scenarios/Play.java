package dev.segue.server.cli.scenarios;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.scenarios.Scenario.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays the people of a scenario on one run, and sees it to its end. */
final class Play {

  private static final Duration PAUSE = Duration.ofMillis(250);

  /** A message may come before the run waits for it. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  private static final Set<String> ENDED = Set.of("completed", "cancelled", "refused");

  private final ApiClient api;
  private final Stage stage;
  private final String run;
  private final long deadline;
  private final Set<String> decided = new HashSet<>();

  /**
   * Prepares for a run.
   *
   * @param patience for the whole of it
   */
  Play(ApiClient api, Stage stage, String run, Duration patience) {
    this.api = api;
    this.stage = stage;
    this.run = run;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /**
   * Does what people do.
   *
   * @throws CliException if what they wait for does not come
   */
  void perform(List<Scenario.Act> acts) {
    for (Scenario.Act act : acts) {
      if (act.message() != null) {
        publish(act.message());
        continue;
      }
      String element = Objects.requireNonNull(act.approval());
      String approval = await("the approval " + element, () -> openApproval(element));
      if (act.first() != null) {
        act.first().newPrices().forEach(stage::changePrice);
        act.first().newBudgets().forEach(stage::changeBudget);
      }
      if (act.decide() != Choice.wait) {
        decided.add(approval);
        decide(approval, act);
      }
    }
  }

  private void publish(Scenario.Note note) {
    ObjectNode message = Json.object().put("name", note.name()).put("correlationKey", note.key());
    message.put("timeToLive", KEPT.toString());
    message.set(
        "variables",
        JsonMapper.shared().valueToTree(Objects.requireNonNullElse(note.variables(), Map.of())));
    api.post(ApiPath.of("messages"), message);
  }

  /** Waits until the run has ended, or can't go on without help. */
  JsonNode end() {
    return await(
        "its end",
        () ->
            Optional.of(api.get(ApiPath.of("runs", run)))
                .filter(
                    now ->
                        ENDED.contains(Json.text(now, "state"))
                                && now.path("changes").valueStream().noneMatch(Play::isOpen)
                            || Json.text(now, "state").equals("incident")));
  }

  /** What an ended run has left open is closed a moment later. */
  private static boolean isOpen(JsonNode set) {
    return Json.text(set, "state").equals("planned") || Json.text(set, "state").equals("approved");
  }

  /** States of the run's change sets by the element that planned them, oldest first. */
  Map<String, List<String>> changes(JsonNode ended) {
    List<JsonNode> sets = new ArrayList<>();
    ended.path("changes").forEach(sets::add);
    sets.sort(Comparator.comparing(set -> Json.text(set, "createdAt")));
    Map<String, List<String>> states = new TreeMap<>();
    for (JsonNode set : sets) {
      states
          .computeIfAbsent(Json.text(set, "element"), element -> new ArrayList<>())
          .add(Json.text(set, "state"));
    }
    return states;
  }

  private Optional<String> openApproval(String element) {
    JsonNode found =
        api.get(ApiPath.of("approvals").with("view", "all").with("state", "open").with("run", run));
    for (JsonNode approval : found.path("items")) {
      String id = Json.text(approval, "id");
      if (Json.text(approval, "element").equals(element) && !decided.contains(id)) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  private void decide(String approval, Scenario.Act act) {
    ObjectNode decision = Json.object().put("outcome", Objects.requireNonNull(act.decide()).name());
    if (act.comment() != null) {
      decision.put("comment", act.comment());
    }
    if (act.edits() != null) {
      String set =
          Json.text(api.get(ApiPath.of("approvals", approval)).path("changes").path(0), "id");
      ArrayNode edits = decision.putArray("edits");
      act.edits()
          .forEach(
              (ordinal, after) -> {
                ObjectNode edit = edits.addObject().put("changeSet", set).put("ordinal", ordinal);
                edit.set("after", JsonMapper.shared().valueToTree(after));
              });
    }
    api.post(ApiPath.of("approvals", approval, "decision"), decision);
  }

  private <T> T await(String what, Supplier<Optional<T>> look) {
    while (true) {
      Optional<T> seen = look.get();
      if (seen.isPresent()) {
        return seen.get();
      }
      if (System.nanoTime() > deadline) {
        JsonNode now = api.get(ApiPath.of("runs", run));
        throw CliException.failed(
            "waited in vain for "
                + what
                + "; the run is "
                + Json.text(now, "state")
                + " at "
                + Json.text(now.path("timeline").path(now.path("timeline").size() - 1), "element"));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted while a scenario ran", e);
    }
  }
}
