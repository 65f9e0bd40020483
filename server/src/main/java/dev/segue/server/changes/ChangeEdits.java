package dev.segue.server.changes;

import dev.segue.runtime.call.StepResult;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeSet;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.storage.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Works out what an approver's edits make of a change set, and has the plugin check it. Nothing is
 * stored here. Thread-safe.
 */
public final class ChangeEdits {

  private final Database database;
  private final ChangeSets sets;
  private final ChangeCheck check;

  ChangeEdits(Database database, ChangeSets sets, ChangeCheck check) {
    this.database = database;
    this.sets = sets;
    this.check = check;
  }

  /**
   * Applies edits to a stored set.
   *
   * @param set the set as it was planned
   * @param edits at most one per change
   * @return title, summary and the changes that are left
   * @throws ApiException that names each field at fault
   */
  public ChangeSet apply(StoredChangeSet set, List<ChangeEdit> edits) {
    ChangeSet planned = sets.content(database.jooq(), set);
    Map<Integer, ChangeEdit> byOrdinal = byOrdinal(planned, edits);
    List<FieldError> errors = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    List<Integer> ordinals = new ArrayList<>();
    for (int ordinal = 0; ordinal < planned.changes().size(); ordinal++) {
      ChangeEdit edit = byOrdinal.get(ordinal);
      Change change = planned.changes().get(ordinal);
      if (edit == null || !edit.remove()) {
        changes.add(edit == null ? change : altered(change, edit, errors));
        ordinals.add(ordinal);
      }
    }
    if (errors.isEmpty()) {
      askPlugin(set, changes, ordinals, errors);
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(errors);
    }
    return new ChangeSet(planned.title(), planned.summary(), changes);
  }

  private static Map<Integer, ChangeEdit> byOrdinal(ChangeSet planned, List<ChangeEdit> edits) {
    Map<Integer, ChangeEdit> byOrdinal = new HashMap<>();
    for (ChangeEdit edit : edits) {
      if (edit.ordinal() < 0 || edit.ordinal() >= planned.changes().size()) {
        throw ApiException.invalid(
            "edits.ordinal",
            "must be from 0 to %d, not %d".formatted(planned.changes().size() - 1, edit.ordinal()));
      }
      if (byOrdinal.put(edit.ordinal(), edit) != null) {
        throw ApiException.invalid(
            "edits.ordinal", "change %d is edited twice".formatted(edit.ordinal()));
      }
    }
    return byOrdinal;
  }

  private static Change altered(Change change, ChangeEdit edit, List<FieldError> errors) {
    Map<String, Object> after = new LinkedHashMap<>(change.after());
    Objects.requireNonNullElse(edit.after(), Map.<String, Object>of())
        .forEach(
            (field, value) -> {
              if (change.editable().contains(field)) {
                after.put(field, value);
              } else {
                errors.add(
                    new FieldError(
                        "edits[%d].after.%s".formatted(edit.ordinal(), field),
                        "may not be edited; editable are " + change.editable()));
              }
            });
    try {
      return change.withAfter(after);
    } catch (IllegalArgumentException e) {
      errors.add(
          new FieldError(
              "edits[%d].after".formatted(edit.ordinal()),
              Optional.ofNullable(e.getMessage()).orElse("has a value of an unknown type")));
      return change;
    }
  }

  private void askPlugin(
      StoredChangeSet set, List<Change> changes, List<Integer> ordinals, List<FieldError> errors) {
    switch (check.check(set, changes)) {
      case StepResult.Completed<List<ChangeProblem>> done -> {
        for (ChangeProblem problem : done.value()) {
          int ordinal =
              problem.ordinal() >= 0 && problem.ordinal() < ordinals.size()
                  ? ordinals.get(problem.ordinal())
                  : problem.ordinal();
          String field = problem.field().isEmpty() ? "" : ".after." + problem.field();
          errors.add(new FieldError("edits[%d]%s".formatted(ordinal, field), problem.message()));
        }
      }
      case StepResult.Failed<List<ChangeProblem>> failed ->
          throw ApiException.unavailable(
              "The edits could not be checked: " + failed.failure().message());
    }
  }
}
