package dev.segue.server.triggers;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a trigger, saved or not, would make of an event; starts nothing. */
final class TryOut {

  private static final String UNSAVED = "unsaved";

  private final Database database;
  private final TriggerRows rows;
  private final TriggerEdits edits;
  private final TriggerReader reader;
  private final InputMapping mapping;

  TryOut(
      Database database,
      TriggerRows rows,
      TriggerEdits edits,
      TriggerReader reader,
      InputMapping mapping) {
    this.database = database;
    this.rows = rows;
    this.edits = edits;
    this.reader = reader;
    this.mapping = mapping;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("previewTriggerMapping", Set.of(Role.OPERATOR, Role.DESIGNER), this::preview));
  }

  private record Asked(
      @Nullable String id,
      @Nullable ObjectNode trigger,
      JsonNode event,
      @Nullable Map<String, String> headers,
      @Nullable String site) {}

  /**
   * What would become of the event.
   *
   * @param starts whether a run would start, were nothing paused
   * @param event what the expressions see as {@code event}
   * @param variables what the run would begin with
   * @param errors why none would start
   */
  private record Tried(
      boolean starts,
      ObjectNode event,
      ObjectNode variables,
      @Nullable String site,
      @Nullable String key,
      @Nullable String businessKey,
      List<FieldError> errors) {}

  private ApiResponse preview(ApiRequest request) {
    Asked asked = request.json(Asked.class);
    request.principal().requireSite(asked.site());
    Trigger trigger = trigger(asked, request.principal().username());
    TriggerKind kind = reader.kind(trigger.kind());
    if (kind == null) {
      throw ApiException.conflict(
          "This server doesn't know triggers of the kind %s. Update it.".formatted(trigger.kind()));
    }
    EventSample sample = kind.sample(trigger, given(asked));
    InputMapping.Mapped mapped = mapping.apply(trigger, sample.event(), sample.site());
    ObjectNode variables = Json.object();
    variables.setAll(trigger.variables());
    variables.setAll(sample.variables());
    variables.setAll(mapped.variables());
    List<FieldError> errors = new ArrayList<>(sample.errors());
    mapped
        .failures()
        .forEach(
            (name, failure) -> errors.add(new FieldError("mapping." + name, failure.message())));
    reader.problems(trigger.workflowId(), variables).stream()
        .filter(problem -> !mapped.failures().containsKey(variable(problem)))
        .forEach(errors::add);
    return ApiResponse.ok(
        new Tried(
            errors.isEmpty(),
            sample.event(),
            variables,
            sample.site(),
            sample.key(),
            sample.businessKey(),
            errors));
  }

  private static String variable(FieldError problem) {
    return problem.field().split("\\.", 3)[1];
  }

  private static EventSample.Given given(Asked asked) {
    Map<String, String> headers = new HashMap<>();
    if (asked.headers() != null) {
      asked.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    }
    return new EventSample.Given(asked.event(), headers, asked.site());
  }

  private Trigger trigger(Asked asked, String by) {
    String id = asked.id();
    Optional<Trigger> saved = id == null ? Optional.empty() : rows.find(database.jooq(), id);
    if (asked.trigger() != null) {
      return edits.trigger(
          id == null ? UNSAVED : id,
          reader.readAlone(asked.trigger()),
          saved.orElse(null),
          Trigger.Origin.API,
          by);
    }
    if (id == null) {
      throw ApiException.invalid("trigger", "Give a trigger, or the id of one that is saved.");
    }
    return saved.orElseThrow(() -> ApiException.notFound("trigger", id));
  }
}
