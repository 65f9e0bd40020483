package dev.segue.server.runs;

import dev.segue.server.data.Knowledge;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run to start.
 *
 * @param startId becomes the run's id. A second start with the same id is the same start
 * @param workflowId the BPMN process id
 * @param version of the workflow; null for the latest
 * @param siteId the place of business; null for none
 * @param businessKey by which people know the run, such as an order's number; null for none
 * @param asOf simulated runs see only what was known then; null for now
 * @param knowledge what counts as known at {@code asOf}
 * @param approves how a simulated run answers its approvals
 * @param variables what the workflow begins with
 * @param startedBy a username, or the trigger
 * @param startKind {@code person}, {@code schedule}, {@code monitor}, {@code webhook}, {@code
 *     rehearsal} or {@code run}
 */
public record StartRequest(
    UUID startId,
    String workflowId,
    @Nullable Integer version,
    RunMode mode,
    @Nullable String siteId,
    @Nullable String businessKey,
    @Nullable Instant asOf,
    Knowledge knowledge,
    boolean approves,
    ObjectNode variables,
    String startedBy,
    String startKind) {

  /** With what was recorded by then; if simulated, its approvals are approved. */
  public StartRequest(
      UUID startId,
      String workflowId,
      @Nullable Integer version,
      RunMode mode,
      @Nullable String siteId,
      @Nullable String businessKey,
      @Nullable Instant asOf,
      ObjectNode variables,
      String startedBy,
      String startKind) {
    this(
        startId,
        workflowId,
        version,
        mode,
        siteId,
        businessKey,
        asOf,
        Knowledge.RECORDED,
        true,
        variables,
        startedBy,
        startKind);
  }

  /** The kind of what a person starts. */
  public static final String BY_PERSON = "person";

  /** The kind of what a rehearsal starts. */
  public static final String BY_REHEARSAL = "rehearsal";
}
