package dev.segue.server.workflows;

/**
 * Other plugin versions hold for a workflow's steps.
 *
 * @param workflowId the BPMN process id
 */
public record WorkflowPinned(String workflowId) {}
