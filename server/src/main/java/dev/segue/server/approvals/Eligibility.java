package dev.segue.server.approvals;

import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may decide an approval, and whom it concerns. */
final class Eligibility {

  private Eligibility() {}

  /**
   * Tells why a person may not decide.
   *
   * @return a sentence for that person, or empty if they may
   */
  static Optional<String> refusal(Principal person, Approval approval) {
    if (!person.has(Role.APPROVER)) {
      return Optional.of("Deciding needs the role approver; ask an administrator for it.");
    }
    if (!person.mayActOn(approval.siteId())) {
      return Optional.of("Your account is limited to other sites than " + approval.siteId() + ".");
    }
    if (approval.headers().bars(person.username(), approval.startedBy())) {
      return Optional.of(
          "Somebody else must decide this: the workflow bars "
              + String.join(", ", approval.headers().barred())
              + ".");
    }
    String assignee = approval.assignee();
    if (assignee != null && !assignee.equals(person.username())) {
      return Optional.of(assignee + " has claimed this approval; ask them to release it.");
    }
    if (assignee == null && !isCandidate(person, approval)) {
      return Optional.of("This approval is for " + candidates(approval) + ".");
    }
    return Optional.empty();
  }

  /** Whether an approval that nobody has claimed is for this person. */
  static boolean isCandidate(Principal person, Approval approval) {
    if (person.has(Role.ADMIN) || approval.candidateUsers().contains(person.username())) {
      return true;
    }
    if (approval.candidateGroups().isEmpty()) {
      return approval.candidateUsers().isEmpty();
    }
    return approval.candidateGroups().stream().anyMatch(person.groups()::contains);
  }

  /** Whether an approval that nobody has claimed names this person or a group of theirs. */
  static boolean isNamed(Principal person, Approval approval) {
    return approval.candidateUsers().contains(person.username())
        || approval.candidateGroups().stream().anyMatch(person.groups()::contains)
        || (approval.candidateUsers().isEmpty() && approval.candidateGroups().isEmpty());
  }

  private static String candidates(Approval approval) {
    List<String> names = new ArrayList<>(approval.candidateGroups());
    names.addAll(approval.candidateUsers());
    return String.join(", ", names);
  }
}
