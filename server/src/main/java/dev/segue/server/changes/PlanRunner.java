package dev.segue.server.changes;

import dev.segue.bpmn.engine.Job;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepType;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.changes.ChangeSetReference;
import dev.segue.runtime.invoke.Planned;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.server.http.Json;
import dev.segue.server.steps.JobOutcome;
import dev.segue.server.steps.JobRunner;
import dev.segue.server.steps.StepCall;
import dev.segue.server.storage.Database;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs {@code NAME.plan}: stores what the step plans and puts a reference into the run. A repeated
 * delivery finds what was stored.
 */
final class PlanRunner implements JobRunner {

  private final Database database;
  private final ChangeSets sets;
  private final StepInvoker invoker;

  PlanRunner(Database database, ChangeSets sets, StepInvoker invoker) {
    this.database = database;
    this.sets = sets;
    this.invoker = invoker;
  }

  @Override
  public JobOutcome run(StepCall call) {
    Optional<StoredChangeSet> earlier = sets.byPlanKey(database.jooq(), call.idempotencyKey());
    if (earlier.isPresent()) {
      return completed(database.jooq(), earlier.get());
    }
    StepBinding.Changing step = (StepBinding.Changing) call.binding();
    return switch (invoker.plan(step, call.input(), call.invocation())) {
      case StepResult.Completed<Planned> planned ->
          database.transaction(tx -> completed(tx, sets.insert(tx, newSet(call, planned.value()))));
      case StepResult.Failed<Planned> failed -> JobOutcome.ofHarmless(failed.failure());
    };
  }

  private static NewChangeSet newSet(StepCall call, Planned planned) {
    Job job = call.job();
    return new NewChangeSet(
        call.idempotencyKey(),
        UUID.fromString(call.run().runId()),
        job.processInstanceKey(),
        job.elementId(),
        whole(call.step().type()).toString(),
        call.pluginVersion(),
        planned.connections(),
        call.run().site().map(site -> site.id()).orElse(null),
        call.run().simulated(),
        null,
        null,
        "run " + call.run().runId(),
        planned.changes());
  }

  /** The change step that a plan or apply type is half of. */
  static StepType whole(StepType half) {
    String action = half.action();
    return new StepType(half.plugin(), action.substring(0, action.lastIndexOf('.')), half.major());
  }

  private JobOutcome completed(DSLContext tx, StoredChangeSet set) {
    ChangeSetReference reference =
        ChangeSetReference.of(set.id().toString(), set.hash(), sets.content(tx, set));
    return new JobOutcome.Completed((ObjectNode) Json.tree(reference));
  }
}
