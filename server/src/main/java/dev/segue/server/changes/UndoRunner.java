package dev.segue.server.changes;

import dev.segue.bpmn.engine.Job;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.changes.ChangeSetReference;
import dev.segue.server.http.Json;
import dev.segue.server.steps.JobOutcome;
import dev.segue.server.steps.JobRunner;
import dev.segue.server.steps.RunMode;
import dev.segue.server.steps.StepCall;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs {@code NAME.undo}: plans the set that takes an applied one back and puts a reference into
 * the run, to be approved and applied like any other. A repeated delivery finds what was stored.
 */
final class UndoRunner implements JobRunner {

  private final Database database;
  private final ChangeSets sets;
  private final UndoPlanner planner;

  UndoRunner(Database database, ChangeSets sets, UndoPlanner planner) {
    this.database = database;
    this.sets = sets;
    this.planner = planner;
  }

  @Override
  public JobOutcome run(StepCall call) {
    Optional<StoredChangeSet> earlier = sets.byPlanKey(database.jooq(), call.idempotencyKey());
    if (earlier.isPresent()) {
      return completed(earlier.get());
    }
    if (call.run().mode() == RunMode.UNKNOWN) {
      return new JobOutcome.Later(
          Duration.ofSeconds(5), "nobody has said yet whether this run is live");
    }
    String reference = call.input().path("changes").asString("");
    StoredChangeSet set = find(reference).orElse(null);
    String refusal = set == null ? unknown(reference) : refusal(call, set);
    if (set == null || refusal != null) {
      return new JobOutcome.Incident(String.valueOf(refusal));
    }
    return switch (planner.plan(
        (StepBinding.Changing) call.binding(),
        set,
        call.input().path("skipIrreversible").asBoolean(false),
        call.invocation(),
        origin(call))) {
      case UndoPlanner.Result.Stored(StoredChangeSet undo) -> completed(undo);
      case UndoPlanner.Result.Refused(String code, String why) ->
          new JobOutcome.BusinessError(code, why);
      case UndoPlanner.Result.Failed(StepFailure failure) -> JobOutcome.ofHarmless(failure);
    };
  }

  private Optional<StoredChangeSet> find(String reference) {
    try {
      return sets.find(database.jooq(), UUID.fromString(reference));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private static String unknown(String reference) {
    return "There is no change set '"
        + reference
        + "'. Map the id of what was applied to the input 'changes', such as =plannedPrices.id.";
  }

  /** Why this run may not undo that set; null if it may. */
  private static @Nullable String refusal(StepCall call, StoredChangeSet set) {
    String step = PlanRunner.whole(call.step().type()).toString();
    if (!set.stepType().equals(step)) {
      return "Change set %s was planned by %s, not by %s."
          .formatted(set.id(), set.stepType(), step);
    }
    if (set.simulated() != (call.run().mode() == RunMode.SIMULATED)) {
      return "Change set %s was planned in another mode.".formatted(set.id());
    }
    String site = call.run().site().map(place -> place.id()).orElse(null);
    if (set.siteId() != null && !set.siteId().equals(site)) {
      return "Change set %s belongs to the site %s, and this run to %s."
          .formatted(set.id(), set.siteId(), site == null ? "none" : site);
    }
    return null;
  }

  private static UndoPlanner.Origin origin(StepCall call) {
    Job job = call.job();
    return new UndoPlanner.Origin(
        call.idempotencyKey(),
        UUID.fromString(call.run().runId()),
        job.processInstanceKey(),
        job.elementId(),
        call.pluginVersion(),
        call.run().simulated(),
        "run " + call.run().runId());
  }

  private JobOutcome completed(StoredChangeSet set) {
    ChangeSetReference reference =
        ChangeSetReference.of(set.id().toString(), set.hash(), sets.content(database.jooq(), set));
    return new JobOutcome.Completed((ObjectNode) Json.tree(reference));
  }
}
