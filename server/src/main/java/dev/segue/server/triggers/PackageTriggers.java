package dev.segue.server.triggers;

import dev.segue.server.forms.FormRules;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.storage.Database;
import dev.segue.server.workflows.DeclaredTriggers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Triggers that come with workflows: they change and go with their package, unless somebody took
 * one over by changing it. A pause outlives deployments.
 */
final class PackageTriggers implements DeclaredTriggers {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{1,79}");
  private static final String AT_FIRST = "It came paused with its workflow. Resume it to use it.";

  private final Database database;
  private final TriggerRows rows;
  private final TriggerEdits edits;
  private final Map<String, TriggerKind> kinds;
  private final InputMapping mapping;
  private final InstantSource clock;

  PackageTriggers(
      Database database,
      TriggerRows rows,
      TriggerEdits edits,
      Map<String, TriggerKind> kinds,
      InputMapping mapping,
      InstantSource clock) {
    this.database = database;
    this.rows = rows;
    this.edits = edits;
    this.kinds = kinds;
    this.mapping = mapping;
    this.clock = clock;
  }

  /** A trigger as a package has it. */
  private record Declared(String id, boolean paused, TriggerContent content) {}

  @Override
  public List<String> problems(String workflowId, FormRules startForm, List<ObjectNode> declared) {
    List<String> problems = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ObjectNode written : declared) {
      String id = written.path("id").asString("");
      try {
        StartForms.problems(read(workflowId, written).content(), startForm).stream()
            .map(error -> "The trigger %s: %s: %s".formatted(id, error.field(), error.message()))
            .forEach(problems::add);
        if (!ids.add(id)) {
          problems.add("The trigger %s is there twice.".formatted(id));
        }
        rows.find(database.jooq(), id)
            .filter(there -> !there.workflowId().equals(workflowId))
            .ifPresent(
                there ->
                    problems.add(
                        "The trigger %s is one of the workflow %s. Give yours another id."
                            .formatted(id, there.workflowId())));
      } catch (ApiException e) {
        problems.add("The trigger %s: %s".formatted(id, explain(e)));
      }
    }
    return problems;
  }

  @Override
  public void deployed(DSLContext tx, String workflowId, List<ObjectNode> declared, String by) {
    Set<String> kept = new HashSet<>();
    for (ObjectNode written : declared) {
      Declared one = read(workflowId, written);
      kept.add(one.id());
      Trigger old = rows.lock(tx, one.id()).orElse(null);
      if (old == null || (old.origin() == Trigger.Origin.PACKAGE && differs(old, one.content()))) {
        save(tx, one, old, by);
      }
    }
    for (Trigger old : rows.ofPackage(tx, workflowId)) {
      if (!kept.contains(old.id())) {
        edits.remove(tx, old);
      }
    }
  }

  private void save(DSLContext tx, Declared one, @Nullable Trigger old, String by) {
    Trigger made = edits.trigger(one.id(), one.content(), old, Trigger.Origin.PACKAGE, by);
    boolean pause = old == null && one.paused();
    edits.save(
        tx, old, pause ? made.paused(new Trigger.Pause(by, clock.instant(), AT_FIRST)) : made);
  }

  private static boolean differs(Trigger old, TriggerContent content) {
    String title = content.title();
    return !old.kind().equals(content.kind().name())
        || !old.title().equals(title == null ? old.id() : title)
        || old.mode() != content.mode()
        || !old.variables().equals(content.variables())
        || !old.mapping().equals(content.mapping())
        || !old.settings().equals(content.settings());
  }

  private Declared read(String workflowId, ObjectNode written) {
    ObjectNode rest = written.deepCopy();
    JsonNode id = rest.remove("id");
    if (id == null || !ID.matcher(id.asString("")).matches()) {
      throw ApiException.invalid("id", "An id has 2 to 80 characters of a-z, 0-9 and -.");
    }
    JsonNode paused = rest.remove("paused");
    if (paused != null && !paused.isBoolean()) {
      throw ApiException.invalid("paused", "This is true or false.");
    }
    if (rest.has("workflow")) {
      throw ApiException.invalid("workflow", "It starts the workflow that it comes with.");
    }
    rest.put("workflow", workflowId);
    TriggerContent content = TriggerContent.read(rest, kinds, mapping);
    boolean comesPaused = paused != null && paused.asBoolean();
    if (!comesPaused) {
      content.kind().checkReady(content.settings());
    }
    return new Declared(id.asString(), comesPaused, content);
  }

  private static String explain(ApiException e) {
    return e.problem().errors().isEmpty()
        ? e.problem().detail()
        : e.problem().errors().stream()
            .map((FieldError error) -> error.field() + ": " + error.message())
            .collect(Collectors.joining(" "));
  }
}
