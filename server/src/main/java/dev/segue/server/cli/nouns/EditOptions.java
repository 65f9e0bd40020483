package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an approver alters, from the command line. A change list is named by the start of its id, or
 * not at all where there is only one.
 */
final class EditOptions {

  private static final Pattern PLACE = Pattern.compile("(?:([0-9a-fA-F-]{4,36}):)?(\\d{1,6})");
  private static final Pattern EDIT =
      Pattern.compile("(?:([0-9a-fA-F-]{4,36}):)?(\\d{1,6}):([^:=]+:?=.*)", Pattern.DOTALL);

  private final JsonNode sets;
  private final Map<String, ObjectNode> edits = new LinkedHashMap<>();

  /** Edits of these change sets, as the approval shows them. */
  EditOptions(JsonNode sets) {
    this.sets = sets;
  }

  /** Reads {@code [SET:]ORDINAL:FIELD=TEXT} or {@code …:FIELD:=JSON}. */
  void edit(List<String> options) {
    for (String option : options) {
      Matcher parts = EDIT.matcher(option);
      if (!parts.matches()) {
        throw CliException.wrongUse(
            "--edit: `%s` is no edit. Write ORDINAL:FIELD=VALUE, such as 0:price=12.50."
                .formatted(option));
      }
      ObjectNode edit = at("--edit", parts.group(1), parts.group(2));
      Values.assign(edit.withObject("/after"), "--edit", parts.group(3));
    }
  }

  /** Reads {@code [SET:]ORDINAL}. */
  void remove(List<String> options) {
    for (String option : options) {
      Matcher parts = PLACE.matcher(option);
      if (!parts.matches()) {
        throw CliException.wrongUse(
            "--remove: `%s` is no change. Write its number, such as 0.".formatted(option));
      }
      at("--remove", parts.group(1), parts.group(2)).put("remove", true);
    }
  }

  /** The contract's {@code edits}. */
  ArrayNode toJson() {
    ArrayNode all = Json.array();
    edits.values().forEach(all::add);
    return all;
  }

  private ObjectNode at(String option, @Nullable String set, String place) {
    int ordinal = Integer.parseInt(place);
    String id = setId(option, Optional.ofNullable(set));
    return edits.computeIfAbsent(
        id + ":" + ordinal, key -> Json.object().put("changeSet", id).put("ordinal", ordinal));
  }

  private String setId(String option, Optional<String> start) {
    List<String> found = new ArrayList<>();
    sets.forEach(set -> found.add(Json.text(set, "id")));
    found.removeIf(id -> !id.startsWith(start.orElse("")));
    if (found.size() != 1) {
      throw CliException.wrongUse(
          "%s: %s. Name it by the start of its id, as `segue approvals show` prints it."
              .formatted(
                  option,
                  found.isEmpty()
                      ? "there is no change list " + start.orElse("")
                      : "there are %d change lists".formatted(found.size())));
    }
    return found.getFirst();
  }
}
