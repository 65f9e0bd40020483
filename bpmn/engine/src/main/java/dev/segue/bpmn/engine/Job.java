package dev.segue.bpmn.engine;

import java.time.Instant;
import java.util.Map;

/**
 * A job that the engine handed to us.
 *
 * @param key the same for each delivery of the job
 * @param customHeaders the task headers of the diagram
 * @param variablesJson the fetched variables, the text of a JSON object
 * @param retries attempts left, this one included
 * @param deadline by the engine's clock; after it the engine offers the job again
 */
public record Job(
    long key,
    String type,
    long processInstanceKey,
    String bpmnProcessId,
    int processDefinitionVersion,
    long processDefinitionKey,
    String elementId,
    long elementInstanceKey,
    Map<String, String> customHeaders,
    String variablesJson,
    int retries,
    Instant deadline) {

  public Job {
    customHeaders = Map.copyOf(customHeaders);
  }
}
