package dev.segue.server.approvals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a diagram says of an approval in the task headers of its user task.
 *
 * @param changeVariables names of the variables that hold the change sets under decision
 * @param quorum how many people must approve; at least 1
 * @param barred who may not decide: usernames, or {@code starter} for whoever started the run
 * @param resultVariable the variable that takes the decision
 * @param why the reason for asking, in business words; empty if the diagram gives none
 */
record ApprovalHeaders(
    List<String> changeVariables,
    int quorum,
    Set<String> barred,
    String resultVariable,
    String why) {

  static final String STARTER = "starter";

  static ApprovalHeaders from(Map<String, String> headers) {
    return new ApprovalHeaders(
        names(headers.getOrDefault("segue.changes", "")),
        quorum(headers.getOrDefault("segue.quorum", "1")),
        new TreeSet<>(names(headers.getOrDefault("segue.not-by", ""))),
        headers.getOrDefault("resultVariable", "approval"),
        headers.getOrDefault("segue.why", ""));
  }

  /** Whether a person is kept from deciding because of who they are to the run. */
  boolean bars(String username, String startedBy) {
    return barred.contains(username) || (barred.contains(STARTER) && username.equals(startedBy));
  }

  private static List<String> names(String commaSeparated) {
    return new ArrayList<>(
        Arrays.stream(commaSeparated.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList());
  }

  /** A number that can't be read asks for one vote; deployment has warned of it. */
  private static int quorum(String text) {
    try {
      return Math.max(1, Integer.parseInt(text.strip()));
    } catch (NumberFormatException unreadable) {
      return 1;
    }
  }
}
