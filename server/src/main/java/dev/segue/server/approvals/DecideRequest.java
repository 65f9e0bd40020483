package dev.segue.server.approvals;

import dev.segue.server.changes.ChangeEdit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person says to an approval.
 *
 * @param outcome {@code approve} or {@code reject}
 * @param comment free text; a rejection needs one
 * @param hashes of the change sets that the person saw; null for whatever is there
 * @param form what was filled in, by field; null for nothing
 * @param edits what is altered in the change sets; null for nothing
 */
record DecideRequest(
    String outcome,
    @Nullable String comment,
    @Nullable List<String> hashes,
    @Nullable ObjectNode form,
    @Nullable List<Edit> edits) {

  /**
   * What is altered in one change.
   *
   * @param changeSet the set under decision; null where there is only one
   * @param ordinal which change, counted from 0
   * @param remove whether the change is to be left out; null for no
   * @param after new values of editable fields, by name; null for none
   */
  record Edit(
      @Nullable UUID changeSet,
      int ordinal,
      @Nullable Boolean remove,
      @Nullable Map<String, Object> after) {

    ChangeEdit inSet() {
      return new ChangeEdit(ordinal, Boolean.TRUE.equals(remove), after);
    }
  }

  boolean approves() {
    return outcome.equals("approve");
  }

  String words() {
    return comment == null ? "" : comment.strip();
  }

  List<Edit> allEdits() {
    return edits == null ? List.of() : edits;
  }
}
