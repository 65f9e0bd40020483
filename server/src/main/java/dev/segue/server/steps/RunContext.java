package dev.segue.server.steps;

import dev.segue.sdk.Site;
import dev.segue.server.data.Knowledge;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run is to its steps. It doesn't change while the run lasts, but for an {@link
 * RunMode#UNKNOWN} mode that an operator may settle.
 *
 * @param runId the run's id as the API shows it
 * @param processInstanceKey the engine's key of it
 * @param workflowId the BPMN process id
 * @param site where it takes place, or empty
 * @param asOf the instant up to which a rehearsal may know things; empty for the present
 * @param knowledge what counts as known by then
 */
public record RunContext(
    String runId,
    long processInstanceKey,
    String workflowId,
    RunMode mode,
    Optional<Site> site,
    Optional<Instant> asOf,
    Knowledge knowledge) {

  /** Of what was recorded by then. */
  public RunContext(
      String runId,
      long processInstanceKey,
      String workflowId,
      RunMode mode,
      Optional<Site> site,
      Optional<Instant> asOf) {
    this(runId, processInstanceKey, workflowId, mode, site, asOf, Knowledge.RECORDED);
  }

  /** Whether nothing outside may be altered. */
  public boolean simulated() {
    return mode != RunMode.LIVE;
  }
}
