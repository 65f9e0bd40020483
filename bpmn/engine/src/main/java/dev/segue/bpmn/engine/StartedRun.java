package dev.segue.bpmn.engine;

/** A process instance that the engine created. */
public record StartedRun(
    long processInstanceKey, long processDefinitionKey, String bpmnProcessId, int version) {}
