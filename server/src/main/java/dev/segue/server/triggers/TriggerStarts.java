package dev.segue.server.triggers;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.runs.PreparedStart;
import dev.segue.server.runs.RunStarter;
import dev.segue.server.runs.StartRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides firings and starts their runs, each once: the decision, the run and the promise to
 * command the engine are one commit with whatever else the caller's transaction holds. Thread-safe.
 */
public final class TriggerStarts {

  private final RunStarter runs;
  private final TriggerRows triggers;
  private final FiringRows firings;
  private final InputMapping mapping;
  private final StartForms forms;
  private final InstantSource clock;

  TriggerStarts(
      RunStarter runs,
      TriggerRows triggers,
      FiringRows firings,
      InputMapping mapping,
      StartForms forms,
      InstantSource clock) {
    this.mapping = mapping;
    this.forms = forms;
    this.runs = runs;
    this.triggers = triggers;
    this.firings = firings;
    this.clock = clock;
  }

  /**
   * What a trigger's mapping would make of a firing; nothing is started.
   *
   * @throws ApiException 422 if an expression fails
   */
  public ObjectNode mapped(Firing firing) {
    InputMapping.Mapped mapped = mapping.apply(firing.trigger(), firing.event(), firing.siteId());
    if (!mapped.failures().isEmpty()) {
      throw ApiException.invalid(mapped.errors());
    }
    return mapped.variables();
  }

  /** A firing and what its kind wants of it. */
  public record Ask(Firing firing, Firing.Verdict verdict) {}

  /**
   * Decides one.
   *
   * @param tx a transaction; the run is started when it commits
   */
  public Decided decide(DSLContext tx, Ask ask) {
    return decide(tx, List.of(ask)).getFirst();
  }

  /**
   * Decides many, in the caller's transaction.
   *
   * @return what became of each, in their order
   */
  public List<Decided> decide(DSLContext tx, List<Ask> asked) {
    Trigger.Pause all = triggers.pauseOfAll(tx);
    Map<UUID, Prepared> prepared = new LinkedHashMap<>();
    asked.forEach(ask -> prepared.computeIfAbsent(ask.firing().startId(), id -> prepare(ask, all)));
    Map<UUID, Decided> decided = firings.insert(tx, prepared.values(), clock.instant());
    List<PreparedStart> starts = new ArrayList<>();
    prepared.forEach(
        (id, one) -> {
          Decided now = decided.get(id);
          if (one.start() != null && now != null && !now.before()) {
            starts.add(one.start());
          }
        });
    runs.start(tx, starts);
    return asked.stream()
        .map(ask -> Optional.ofNullable(decided.get(ask.firing().startId())).orElseThrow())
        .toList();
  }

  /**
   * Starts the run of a queued firing.
   *
   * @param firingId by {@link FiringRows.Queued}
   * @return empty if it isn't queued any more
   */
  public Optional<Decided> release(DSLContext tx, long firingId) {
    return firings
        .lockQueued(tx, firingId)
        .flatMap(
            row ->
                triggers
                    .find(tx, row.triggerId())
                    .map(trigger -> release(tx, row, trigger))
                    .or(() -> Optional.of(gone(tx, row))));
  }

  private Decided release(DSLContext tx, FiringRows.Queued row, Trigger trigger) {
    Firing firing =
        new Firing(
            trigger, row.siteId(), row.key(), row.dueAt(), row.variables(), row.businessKey());
    Prepared prepared =
        prepare(new Ask(firing, new Firing.Verdict.Start()), triggers.pauseOfAll(tx));
    firings.settle(tx, row.firingId(), prepared.outcome(), prepared.reason(), clock.instant());
    if (prepared.start() != null) {
      runs.start(tx, List.of(prepared.start()));
    }
    return new Decided(prepared.outcome(), prepared.reason(), firing.startId(), false);
  }

  private Decided gone(DSLContext tx, FiringRows.Queued row) {
    String reason = "The trigger was removed while this waited.";
    firings.settle(tx, row.firingId(), Decided.Outcome.SKIPPED, reason, clock.instant());
    return new Decided(Decided.Outcome.SKIPPED, reason, row.startId(), false);
  }

  /**
   * A firing as it will be written.
   *
   * @param start null unless it is to be started
   */
  record Prepared(
      Firing firing, Decided.Outcome outcome, String reason, @Nullable PreparedStart start) {}

  /** As it will be written; {@code all} is the pause of all triggers, null if there is none. */
  private Prepared prepare(Ask ask, Trigger.@Nullable Pause all) {
    Firing firing = ask.firing();
    Trigger.Pause own = firing.trigger().pause();
    boolean paused = all != null || own != null;
    return switch (ask.verdict()) {
      case Firing.Verdict.Skip(String reason) -> skipped(firing, reason);
      case Firing.Verdict.Queue queue when paused -> paused(firing, all, own);
      case Firing.Verdict.Start start when paused -> paused(firing, all, own);
      case Firing.Verdict.Refuse refuse when paused -> paused(firing, all, own);
      case Firing.Verdict.Queue(String reason) ->
          new Prepared(firing, Decided.Outcome.QUEUED, reason, null);
      case Firing.Verdict.Refuse(String reason) -> refused(firing, reason);
      case Firing.Verdict.Start start -> started(firing);
    };
  }

  private static Prepared paused(
      Firing firing, Trigger.@Nullable Pause all, Trigger.@Nullable Pause own) {
    if (all != null) {
      return skipped(firing, all.reasonOf("All triggers were"));
    }
    return skipped(firing, own == null ? "" : own.reasonOf("The trigger was"));
  }

  private static Prepared skipped(Firing firing, String reason) {
    return new Prepared(firing, Decided.Outcome.SKIPPED, reason, null);
  }

  private static Prepared refused(Firing firing, String reason) {
    return new Prepared(firing, Decided.Outcome.REFUSED, reason, null);
  }

  private Prepared started(Firing firing) {
    Trigger trigger = firing.trigger();
    InputMapping.Mapped mapped = mapping.apply(trigger, firing.event(), firing.siteId());
    if (!mapped.failures().isEmpty()) {
      return refused(firing, explain(mapped.errors()));
    }
    ObjectNode variables = Json.object();
    variables.setAll(trigger.variables());
    variables.setAll(firing.variables());
    variables.setAll(mapped.variables());
    StartRequest request =
        new StartRequest(
            firing.startId(),
            trigger.workflowId(),
            null,
            trigger.mode(),
            firing.siteId(),
            firing.businessKey(),
            null,
            variables,
            trigger.startedBy(),
            trigger.kind());
    try {
      PreparedStart start = runs.prepare(request);
      List<FieldError> problems =
          forms.of(trigger.workflowId(), start.version()).problems(variables);
      return problems.isEmpty()
          ? new Prepared(firing, Decided.Outcome.STARTED, "", start)
          : refused(firing, explain(problems));
    } catch (ApiException e) {
      boolean paused = e.problem().status() == 409;
      return new Prepared(
          firing, paused ? Decided.Outcome.SKIPPED : Decided.Outcome.REFUSED, explain(e), null);
    }
  }

  private static String explain(ApiException e) {
    return e.problem().errors().isEmpty()
        ? e.problem().detail()
        : e.problem().errors().stream().map(FieldError::message).collect(Collectors.joining(" "));
  }

  private static String explain(List<FieldError> errors) {
    return errors.stream()
        .map(error -> error.field() + ": " + error.message())
        .collect(Collectors.joining(" "));
  }
}
