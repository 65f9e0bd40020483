package dev.segue.server.workflows;

import dev.segue.server.runs.RunHealth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as the API shows it.
 *
 * @param id the BPMN process id
 * @param version the latest
 * @param pinned plugin id to the version, or range of versions, that its steps use
 * @param stepTypes those of the latest version
 * @param forms ids of its forms
 * @param startForm id of the form to start a run with; null for none
 * @param health how its runs have gone lately
 */
public record WorkflowView(
    String id,
    String title,
    String description,
    int version,
    boolean paused,
    Map<String, String> pinned,
    List<String> stepTypes,
    List<String> forms,
    @Nullable String startForm,
    List<FindingView> findings,
    RunHealth.Health health,
    Instant createdAt,
    Instant updatedAt) {

  public WorkflowView {
    pinned = Map.copyOf(pinned);
    stepTypes = List.copyOf(stepTypes);
    forms = List.copyOf(forms);
    findings = List.copyOf(findings);
  }
}
