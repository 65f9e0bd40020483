package dev.segue.server.approvals;

import java.util.Optional;
import java.util.Set;

/**
 * Who may decide an approval.
 *
 * @param username of the person
 * @param groups of the person
 * @param approver whether the person's roles allow to decide at all
 * @param admin whether the person administers Segue
 * @param sites the sites the person is limited to; empty means all
 */
record Eligibility(
    String username, Set<String> groups, boolean approver, boolean admin, Set<String> sites) {

  /**
   * Tells why a person may not decide.
   *
   * @return a sentence for that person, or empty if they may
   */
  Optional<String> refusal(Approval approval) {
    if (!approver) {
      return Optional.of("Deciding needs the role approver; ask an administrator for it.");
    }
    if (outsideSites(approval)) {
      return Optional.of("Your account is limited to other sites than " + approval.siteId() + ".");
    }
    if (approval.headers().bars(username, approval.startedBy())) {
      return Optional.of(
          "This approval must be decided by somebody else: the workflow bars "
              + String.join(", ", approval.headers().barred())
              + ".");
    }
    String assignee = approval.assignee();
    if (assignee != null && !assignee.equals(username)) {
      return Optional.of(assignee + " has claimed this approval; ask them to release it.");
    }
    if (assignee == null && !isCandidate(approval)) {
      return Optional.of(
          "This approval is for "
              + String.join(", ", approval.candidateGroups())
              + (approval.candidateGroups().isEmpty() || approval.candidateUsers().isEmpty()
                  ? ""
                  : ", ")
              + String.join(", ", approval.candidateUsers())
              + ".");
    }
    return Optional.empty();
  }

  /** Whether the approval concerns this person without having claimed it. */
  boolean isCandidate(Approval approval) {
    if (admin || approval.candidateUsers().contains(username)) {
      return true;
    }
    if (approval.candidateGroups().isEmpty()) {
      return approval.candidateUsers().isEmpty();
    }
    return approval.candidateGroups().stream().anyMatch(groups::contains);
  }

  boolean outsideSites(Approval approval) {
    return !sites.isEmpty() && approval.siteId() != null && !sites.contains(approval.siteId());
  }
}
