package dev.segue.server.workflows;

import java.time.Instant;
import java.util.List;

/**
 * A version of a workflow as the API shows it.
 *
 * @param processDefinitionKey the engine's key
 * @param resources paths of the package's files
 * @param deployedBy a username, or {@code engine} if it was deployed past Segue
 */
public record VersionView(
    String workflow,
    int version,
    String processDefinitionKey,
    List<String> stepTypes,
    List<String> resources,
    List<FindingView> findings,
    String deployedBy,
    Instant deployedAt) {

  public VersionView {
    stepTypes = List.copyOf(stepTypes);
    resources = List.copyOf(resources);
    findings = List.copyOf(findings);
  }
}
