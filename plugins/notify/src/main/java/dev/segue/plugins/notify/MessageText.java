package dev.segue.plugins.notify;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a subject and a text may hold. */
final class MessageText {

  static final int MOST_SUBJECT = 200;
  static final int MOST_TEXT = 100_000;
  static final int MOST_CHAT = 4_000;

  private MessageText() {}

  /**
   * Refuses line ends and other control characters, with which a value could smuggle headers.
   *
   * @throws IllegalArgumentException if there are any
   */
  static void refuseControls(String what, String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          what + " holds a line end or another control character; take it out");
    }
  }

  /** Says what is wrong with a subject, if anything is. */
  static Optional<String> problemOfSubject(String subject) {
    if (subject.isBlank()) {
      return Optional.of("The subject is empty; write one.");
    }
    if (subject.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("The subject holds a line end or control character; take it out.");
    }
    return subject.length() > MOST_SUBJECT
        ? Optional.of("The subject is longer than 200 characters; shorten it.")
        : Optional.empty();
  }

  /** Says what is wrong with a text, if anything is. */
  static Optional<String> problemOfText(String text, int most) {
    if (text.isBlank()) {
      return Optional.of("The text is empty; write one.");
    }
    boolean controls =
        text.chars()
            .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
    if (controls) {
      return Optional.of("The text holds control characters; take them out.");
    }
    return text.length() > most
        ? Optional.of("The text is longer than " + most + " characters; shorten it.")
        : Optional.empty();
  }

  /** Checks the edited texts of changes; those without a subject have none to check. */
  static List<ChangeProblem> check(List<Change> changes, int mostText) {
    List<ChangeProblem> problems = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      int ordinal = i;
      Change change = changes.get(i);
      if (change.after().containsKey("subject")) {
        problemOfSubject(text(change, "subject"))
            .ifPresent(words -> problems.add(new ChangeProblem(ordinal, "subject", words)));
      }
      problemOfText(text(change, "text"), mostText)
          .ifPresent(words -> problems.add(new ChangeProblem(ordinal, "text", words)));
    }
    return problems;
  }

  /** A text field of a change; empty if it isn't there or is no text. */
  static String text(Change change, String field) {
    return change.after().get(field) instanceof String text ? text : "";
  }
}
