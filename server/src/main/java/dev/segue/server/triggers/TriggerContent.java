package dev.segue.server.triggers;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.runs.RunMode;
import dev.segue.server.runs.RunStarter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said of a trigger: the same by the API and in a package. Its settings stand under the
 * name of its kind.
 *
 * @param mapping FEEL expressions by the variable that each gives, checked
 * @param kind the only kind that has settings here
 * @param settings checked by the kind
 */
record TriggerContent(
    @Nullable String title,
    @Nullable String workflow,
    RunMode mode,
    ObjectNode variables,
    ObjectNode mapping,
    TriggerKind kind,
    ObjectNode settings) {

  /** What all kinds have. */
  private record Plain(
      @Nullable String title,
      @Nullable String workflow,
      @Nullable RunMode mode,
      @Nullable ObjectNode variables,
      @Nullable ObjectNode mapping) {}

  /**
   * Reads and checks it.
   *
   * @throws ApiException 422 with the field that makes no sense
   */
  static TriggerContent read(
      ObjectNode written, Map<String, TriggerKind> kinds, InputMapping mappings) {
    List<TriggerKind> named = kinds.values().stream().filter(k -> written.has(k.name())).toList();
    if (named.size() != 1) {
      throw ApiException.invalid(
          "A trigger has exactly one of %s."
              .formatted(kinds.keySet().stream().sorted().collect(Collectors.joining(", "))));
    }
    TriggerKind kind = named.getFirst();
    ObjectNode rest = written.deepCopy();
    if (!(rest.remove(kind.name()) instanceof ObjectNode settings)) {
      throw ApiException.invalid(kind.name(), "This must be an object.");
    }
    Plain plain = StrictJson.read(rest, Plain.class, "");
    ObjectNode variables = plain.variables() == null ? Json.object() : plain.variables();
    if (variables.has(RunStarter.CONTEXT_VARIABLE)) {
      throw ApiException.invalid(
          "variables.segue", "This variable is Segue's own. Give yours another name.");
    }
    ObjectNode mapping = plain.mapping() == null ? Json.object() : plain.mapping();
    mappings.check(mapping);
    return new TriggerContent(
        plain.title(),
        plain.workflow(),
        plain.mode() == null ? RunMode.LIVE : plain.mode(),
        variables,
        mapping,
        kind,
        kind.check(settings));
  }
}
