package dev.segue.bpmn.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a user task. What is null stays as it is; an empty list clears the candidates.
 *
 * @param action what the caller calls this, kept in the engine's records, such as {@code escalate}
 */
public record UserTaskChanges(
    @Nullable List<String> candidateGroups,
    @Nullable List<String> candidateUsers,
    @Nullable DateChange dueDate,
    @Nullable DateChange followUpDate,
    String action) {

  /** No changes yet, to be refined by the {@code with} methods. */
  public static UserTaskChanges none(String action) {
    return new UserTaskChanges(null, null, null, null, action);
  }

  public UserTaskChanges {
    candidateGroups = candidateGroups == null ? null : List.copyOf(candidateGroups);
    candidateUsers = candidateUsers == null ? null : List.copyOf(candidateUsers);
  }

  /** Replaces the candidate groups. */
  public UserTaskChanges withCandidateGroups(List<String> groups) {
    return new UserTaskChanges(groups, candidateUsers, dueDate, followUpDate, action);
  }

  /** Replaces the candidate users. */
  public UserTaskChanges withCandidateUsers(List<String> users) {
    return new UserTaskChanges(candidateGroups, users, dueDate, followUpDate, action);
  }

  /** Sets or clears the due date. */
  public UserTaskChanges withDueDate(DateChange change) {
    return new UserTaskChanges(candidateGroups, candidateUsers, change, followUpDate, action);
  }

  /** Sets or clears the follow-up date. */
  public UserTaskChanges withFollowUpDate(DateChange change) {
    return new UserTaskChanges(candidateGroups, candidateUsers, dueDate, change, action);
  }

  /** A new date, or none. */
  public sealed interface DateChange {

    /** Sets the date. */
    record Set(Instant to) implements DateChange {}

    /** Takes the date off. */
    record Clear() implements DateChange {}
  }
}
