package dev.segue.server.changes;

import dev.segue.runtime.call.StepResult;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeProblem;
import java.util.List;

/** Has edited changes checked by the step that planned them. Thread-safe. */
@FunctionalInterface
public interface ChangeCheck {

  /**
   * Checks a list of changes.
   *
   * @param set the set as it was planned
   * @param changes the edited list
   * @return the problems; a failure says why the check could not be made
   */
  StepResult<List<ChangeProblem>> check(StoredChangeSet set, List<Change> changes);
}
