package dev.segue.bpmn.engine;

/** Which process definition is meant. */
public sealed interface ProcessRef {

  /** The highest version of a process. */
  record Latest(String bpmnProcessId) implements ProcessRef {}

  /** One version of a process, counted from 1. */
  record Version(String bpmnProcessId, int version) implements ProcessRef {}

  /** A definition by the key that its deployment got. */
  record Key(long processDefinitionKey) implements ProcessRef {}
}
