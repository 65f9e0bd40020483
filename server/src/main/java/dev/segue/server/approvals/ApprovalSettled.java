package dev.segue.server.approvals;

/**
 * The engine has answered a decision.
 *
 * @param userTaskKey the approval
 * @param inForce whether the decision holds; false if it lost to a timer or a cancellation
 */
public record ApprovalSettled(long userTaskKey, boolean inForce) {}
