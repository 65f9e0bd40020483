package dev.segue.server.runs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An incident as the API shows it.
 *
 * @param id the engine's key
 * @param run the run that people started; null while unknown
 * @param element the element's id in the diagram
 * @param kind the engine's word, such as {@code JOB_NO_RETRIES}
 * @param state {@code open}, {@code resolving} or {@code resolved}
 * @param inDoubt whether it asks if an effect happened
 * @param actions what may be done about it; empty when nothing is
 */
public record IncidentView(
    String id,
    @Nullable UUID run,
    String workflow,
    @Nullable String workflowTitle,
    @Nullable String site,
    String element,
    String elementName,
    String kind,
    String message,
    String state,
    boolean inDoubt,
    List<String> actions,
    Instant createdAt,
    @Nullable Instant resolvedAt) {

  /** Try again. */
  static final String RETRY = "retry";

  /** Go on as if the effect happened. */
  static final String HAPPENED = "happened";

  /** Do the effect again. */
  static final String DID_NOT_HAPPEN = "did-not-happen";

  public IncidentView {
    actions = List.copyOf(actions);
  }
}
