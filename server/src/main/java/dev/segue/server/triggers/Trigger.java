package dev.segue.server.triggers;

import dev.segue.server.runs.RunMode;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that starts runs of a workflow by itself.
 *
 * @param id 2 to 80 characters of {@code [a-z0-9-]}
 * @param kind such as {@code schedule}; the name of a {@link TriggerKind}
 * @param workflowId the workflow that it starts
 * @param title for people
 * @param mode of the runs
 * @param variables what each run begins with, besides what the firing brings
 * @param mapping FEEL expressions over what fired it, by the variable that each gives
 * @param settings what its kind alone understands, as {@link TriggerKind#check} returned it
 * @param origin where it came from
 * @param pause null unless it is paused
 * @param version counts the edits, pauses not among them
 */
public record Trigger(
    String id,
    String kind,
    String workflowId,
    String title,
    RunMode mode,
    ObjectNode variables,
    ObjectNode mapping,
    ObjectNode settings,
    Origin origin,
    @Nullable Pause pause,
    int version,
    Instant changedAt,
    String changedBy) {

  /** Where a trigger came from. */
  public enum Origin {
    /** With its workflow: it changes and goes with it. */
    PACKAGE,
    /** From a person: deployments leave it alone. */
    API;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who paused it, when and why. */
  public record Pause(String by, Instant at, String reason) {

    /** Says so, as the reason of a firing that was skipped. */
    String reasonOf(String what) {
      return "%s paused by %s%s".formatted(what, by, reason.isBlank() ? "." : ": " + reason);
    }
  }

  /** The same, paused. */
  Trigger paused(Pause by) {
    return new Trigger(
        id,
        kind,
        workflowId,
        title,
        mode,
        variables,
        mapping,
        settings,
        origin,
        by,
        version,
        changedAt,
        changedBy);
  }

  /** As what a run's {@code startedBy} names this trigger. */
  public String startedBy() {
    return "trigger:" + id;
  }
}
