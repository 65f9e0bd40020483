package dev.segue.server.cli.scenarios;

import dev.segue.server.cli.api.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares what came of a run with what a scenario wants, and says each difference in a line. */
final class Verdict {

  private final List<String> differences = new ArrayList<>();
  private final JsonNode run;

  private Verdict(JsonNode run) {
    this.run = run;
  }

  /**
   * Lists the differences.
   *
   * @param run the run with its details, as the API shows it
   * @param changes states of change sets by the element that planned them, oldest first
   * @param mails what arrived
   * @return a sentence each; empty if all is as wanted
   */
  static List<String> of(
      Scenario.Then then,
      JsonNode run,
      Map<String, List<String>> changes,
      List<MailTrap.Mail> mails) {
    Verdict verdict = new Verdict(run);
    verdict.end(Objects.requireNonNull(then.end()));
    verdict.through(Objects.requireNonNullElse(then.through(), List.of()));
    verdict.never(Objects.requireNonNullElse(then.never(), List.of()));
    verdict.variables(Objects.requireNonNullElse(then.variables(), Map.of()));
    if (then.changes() != null && !then.changes().equals(changes)) {
      verdict.differences.add("change sets are " + changes + " instead of " + then.changes());
    }
    if (then.messages() != null) {
      verdict.messages(then.messages(), mails);
    }
    return verdict.differences;
  }

  private void end(String wanted) {
    List<String> path = path();
    if (!Json.text(run, "state").equals("completed") || !path.contains(wanted)) {
      differences.add(
          "the run is "
              + Json.text(run, "state")
              + " after "
              + (path.isEmpty() ? "nothing" : path.getLast())
              + " instead of completed at "
              + wanted
              + incidents());
    }
  }

  private String incidents() {
    List<String> messages = new ArrayList<>();
    run.path("incidents").forEach(each -> messages.add(Json.text(each, "message")));
    return messages.isEmpty() ? "" : " (" + String.join("; ", messages) + ")";
  }

  private void through(List<String> wanted) {
    List<String> path = path();
    int at = 0;
    for (String element : path) {
      if (at < wanted.size() && element.equals(wanted.get(at))) {
        at++;
      }
    }
    if (at < wanted.size()) {
      differences.add("the run did not get to " + wanted.get(at) + " in its turn; it took " + path);
    }
  }

  private void never(List<String> unwanted) {
    Set<String> taken = new HashSet<>(path());
    unwanted.stream()
        .filter(taken::contains)
        .forEach(element -> differences.add("the run went through " + element));
  }

  private List<String> path() {
    List<String> path = new ArrayList<>();
    run.path("timeline").forEach(entry -> path.add(Json.text(entry, "element")));
    return path;
  }

  private void variables(Map<String, Object> wanted) {
    wanted.forEach(
        (name, value) -> {
          JsonNode found = run.path("variables");
          for (String part : name.split("\\.")) {
            found = found.path(part);
          }
          if (!isSame(found, value)) {
            differences.add("variable " + name + " is " + found + " instead of " + value);
          }
        });
  }

  private static boolean isSame(JsonNode found, @Nullable Object wanted) {
    return switch (wanted) {
      case null -> found.isNull() || found.isMissingNode();
      case Number number ->
          found.isNumber()
              && found.decimalValue().compareTo(new BigDecimal(number.toString())) == 0;
      case Boolean bool -> found.isBoolean() && found.booleanValue() == bool;
      default -> found.asString("").equals(wanted.toString());
    };
  }

  private void messages(List<Scenario.Message> wanted, List<MailTrap.Mail> mails) {
    List<MailTrap.Mail> left = new ArrayList<>(mails);
    for (Scenario.Message message : wanted) {
      MailTrap.Mail found =
          left.stream()
              .filter(mail -> mail.to().equals(message.to()))
              .filter(mail -> mail.subject().contains(message.subject()))
              .filter(
                  mail ->
                      message.attachment() == null || mail.files().contains(message.attachment()))
              .findFirst()
              .orElse(null);
      if (found == null) {
        differences.add(
            "no mail to "
                + message.to()
                + " about '"
                + message.subject()
                + (message.attachment() == null ? "'" : "' with " + message.attachment())
                + " arrived");
      } else {
        left.remove(found);
      }
    }
    left.forEach(
        mail -> differences.add("a mail to " + mail.to() + " was not expected: " + mail.subject()));
  }
}
