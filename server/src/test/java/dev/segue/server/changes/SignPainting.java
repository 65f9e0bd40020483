package dev.segue.server.changes;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.Effect;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import dev.segue.sdk.Undo;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A change step that remembers under which keys it had its effect, and fails as it is told. */
@StepInfo(name = "paint-signs", title = "Paint signs", effect = Effect.WRITE)
final class SignPainting implements ChangeStep<SignPainting.Input, SignPainting.Output> {

  record Input(String colour) {}

  record Output(int painted) {}

  PastOutcome past = new PastOutcome.Unknown("The sign can't be seen from here.");
  RuntimeException fault;
  RuntimeException lookFault;
  int staleOrdinal = -1;
  List<ChangeProblem> outdated = List.of();
  private final List<String> painted = new CopyOnWriteArrayList<>();

  List<String> painted() {
    return painted;
  }

  @Override
  public ChangeSet plan(Input input, StepContext context) {
    return new ChangeSet("Paint", "", List.of());
  }

  @Override
  public List<ChangeProblem> outdated(List<Change> changes, StepContext context) {
    if (lookFault != null) {
      throw lookFault;
    }
    return outdated;
  }

  @Override
  public ChangeOutcome apply(Change change, String key, StepContext context) {
    if (fault != null) {
      throw fault;
    }
    if (key.endsWith("-" + staleOrdinal)) {
      return new ChangeOutcome.Stale("It is gone.");
    }
    painted.add(key);
    return new ChangeOutcome.Applied("");
  }

  @Override
  public PastOutcome outcome(Change change, String key, StepContext context) {
    return past;
  }

  @Override
  public Undo inverse(Change change, ChangeOutcome.Applied applied) {
    return new Undo.By(Change.of(change.target(), "Un" + change.title()).build());
  }

  @Override
  public Output result(List<ChangeResult> outcomes) {
    return new Output(
        (int)
            outcomes.stream()
                .filter(result -> result.outcome() instanceof ChangeOutcome.Applied)
                .count());
  }
}
