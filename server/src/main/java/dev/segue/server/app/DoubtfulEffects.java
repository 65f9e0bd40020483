package dev.segue.server.app;

import dev.segue.server.changes.Doubts;
import dev.segue.server.runs.InDoubtDecisions;
import dev.segue.server.steps.EffectsInDoubt;
import org.jooq.DSLContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Leads a person's word on an effect to where it is kept: the journal of steps, or the ledger of
 * changes.
 */
final class DoubtfulEffects implements InDoubtDecisions {

  private final EffectsInDoubt effects;
  private final Doubts changes;

  DoubtfulEffects(EffectsInDoubt effects, Doubts changes) {
    this.effects = effects;
    this.changes = changes;
  }

  @Override
  public void decide(DSLContext tx, long jobKey, boolean happened, ObjectNode result, String by) {
    effects
        .ofJob(jobKey)
        .ifPresent(
            doubt -> {
              if (happened) {
                effects.happened(tx, doubt.key(), result, by);
              } else {
                effects.didNotHappen(tx, doubt.key(), by);
              }
            });
    tx.fetchOptional("select process_instance_key from history.job where job_key = ?", jobKey)
        .ifPresent(
            job ->
                changes.settle(
                    tx,
                    job.get(0, Long.class),
                    happened ? Doubts.Finding.HAPPENED : Doubts.Finding.DID_NOT_HAPPEN,
                    by));
  }
}
