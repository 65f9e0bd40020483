package dev.segue.bpmn.engine;

/** Which process to start, and with which variables: the text of a JSON object. */
public record StartCommand(ProcessRef process, String variablesJson) {

  /** Starts the latest version. */
  public static StartCommand latest(String bpmnProcessId, String variablesJson) {
    return new StartCommand(new ProcessRef.Latest(bpmnProcessId), variablesJson);
  }

  /** Starts exactly this definition. */
  public static StartCommand definition(long processDefinitionKey, String variablesJson) {
    return new StartCommand(new ProcessRef.Key(processDefinitionKey), variablesJson);
  }
}
