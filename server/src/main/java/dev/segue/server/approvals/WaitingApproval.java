package dev.segue.server.approvals;

import dev.segue.server.people.Directory.Person;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An approval of a live run that waits for a decision, and for whose.
 *
 * @param userTaskKey the approval's id
 * @param question what is asked, in the business's words
 * @param why the reason for asking; may be empty
 * @param startedBy who or what started the run; may be empty
 * @param assignee who holds it; null if nobody does
 * @param changeCount how many changes are under decision
 * @param totals amounts of the changes with their currencies; may be empty
 * @param dueAt when it should be decided; null if nobody said
 * @param forWhom whoever holds it, else its candidates; administrators only if they are candidates
 *     or nobody else may decide. Those who have voted aren't among them.
 */
public record WaitingApproval(
    long userTaskKey,
    long processInstanceKey,
    UUID runId,
    String workflowId,
    String workflowTitle,
    String elementId,
    String question,
    String why,
    @Nullable String siteId,
    String startedBy,
    @Nullable String assignee,
    int changeCount,
    List<String> totals,
    @Nullable Instant dueAt,
    List<Person> forWhom) {

  public WaitingApproval {
    totals = List.copyOf(totals);
    forWhom = List.copyOf(forWhom);
  }
}
