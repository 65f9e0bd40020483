package dev.segue.server.approvals;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Role;
import dev.segue.server.people.Directory;
import dev.segue.server.people.Directory.Person;
import dev.segue.server.storage.Database;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whom an approval waits for, and to whom it may be handed over. Thread-safe. */
final class Delegates {

  private final Database database;
  private final ApprovalStore store;
  private final Directory people;

  Delegates(Database database, ApprovalStore store, Directory people) {
    this.database = database;
    this.store = store;
    this.people = people;
  }

  /**
   * Those who may decide and haven't voted, by their names.
   *
   * @param approval as it is now; whoever holds it isn't among them
   */
  List<Person> of(Approval approval) {
    Set<String> voters = voters(approval);
    return people.with(Role.APPROVER).stream()
        .filter(person -> !person.username().equals(approval.assignee()))
        .filter(person -> !voters.contains(person.username()))
        .filter(person -> Eligibility.refusal(person.principal(), approval.heldBy(null)).isEmpty())
        .toList();
  }

  /** Those whom an approval, as it is now, waits for; see {@link WaitingApproval#forWhom}. */
  List<Person> awaited(Approval approval) {
    Set<String> voters = voters(approval);
    List<Person> able =
        people.with(Role.APPROVER).stream()
            .filter(person -> !voters.contains(person.username()))
            .filter(person -> Eligibility.refusal(person.principal(), approval).isEmpty())
            .toList();
    List<Person> named =
        able.stream()
            .filter(
                person ->
                    approval.assignee() != null
                        || Eligibility.isNamed(person.principal(), approval))
            .toList();
    return named.isEmpty() ? able : named;
  }

  /**
   * Finds whom somebody wants to hand it to.
   *
   * @throws ApiException 422 that says why not
   */
  Person require(Approval approval, String username) {
    Person person =
        people
            .find(database.jooq(), username)
            .orElseThrow(
                () -> ApiException.invalid("to", "There is nobody called " + username + "."));
    if (voters(approval).contains(person.username())) {
      throw ApiException.invalid("to", person.username() + " has voted on this already.");
    }
    Eligibility.refusal(person.principal(), approval.heldBy(null))
        .ifPresent(
            reason -> {
              throw ApiException.invalid(
                  "to",
                  "%s may not decide this. What Segue would tell them: %s"
                      .formatted(person.username(), reason));
            });
    return person;
  }

  private Set<String> voters(Approval approval) {
    return store.votes(database.jooq(), approval.userTaskKey()).stream()
        .filter(vote -> vote.state() != Vote.State.VOID)
        .map(Vote::decidedBy)
        .collect(Collectors.toSet());
  }
}
