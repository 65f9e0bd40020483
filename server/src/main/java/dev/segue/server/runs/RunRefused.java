package dev.segue.server.runs;

import java.util.UUID;

/** A run that was promised never began. */
public record RunRefused(UUID runId, String workflowId, String reason) {}
