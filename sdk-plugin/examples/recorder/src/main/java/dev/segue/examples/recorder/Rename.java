package dev.segue.examples.recorder;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.ChangeTarget;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Money;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import dev.segue.sdk.Undo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sets entries of a properties file. The file's ledger says which changes were applied, as an
 * outside system with idempotency keys would. An entry that is to become {@code refuse} is refused;
 * one that is to become {@code fail} ends in a fault before anything happens.
 */
@StepInfo(
    name = "rename",
    title = "Rename entries",
    description = "Sets entries of a properties file.",
    effect = Effect.WRITE,
    icon = "recorder.svg",
    category = "Recorder")
final class Rename implements ChangeStep<Rename.Input, Rename.Output> {

  private static final String VALUE = "value";

  /**
   * What to set.
   *
   * @param file the properties file; made if there is none
   * @param entries the new value by key
   * @param price what each change costs, if anything
   * @param validFor how long the changes stay valid, if not for ever
   * @param connection used by nothing; shows that apply gets the connection of plan
   */
  record Input(
      @Field(title = "File") String file,
      @Field(title = "Entries") Map<String, String> entries,
      @Field(title = "Price of each") Optional<Money> price,
      @Field(title = "Valid for") Optional<Duration> validFor,
      @Field(title = "Connection") Optional<RecorderFile> connection) {}

  /**
   * What became of it.
   *
   * @param applied how many changes are in force
   * @param stale how many met another value than expected
   * @param refused how many were refused
   */
  record Output(int applied, int stale, int refused) {}

  @Override
  public ChangeSet plan(Input input, StepContext context) throws IOException {
    EntryFile file = EntryFile.of(input.file());
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(input.entries()).entrySet()) {
      String current = file.get(entry.getKey());
      if (!current.equals(entry.getValue())) {
        changes.add(change(input, entry, current, context));
      }
    }
    return new ChangeSet("Rename " + changes.size() + " entries", "A test asks for it.", changes);
  }

  private static Change change(
      Input input, Map.Entry<String, String> entry, String current, StepContext context) {
    String key = entry.getKey();
    Change.Builder change =
        Change.of(
                new ChangeTarget("entry", input.file() + "#" + key, key),
                "Set " + key + " to " + entry.getValue())
            .reason("It was " + (current.isEmpty() ? "empty" : current) + ".")
            .before(VALUE, current)
            .editableAfter(VALUE, entry.getValue())
            .expected(VALUE, current)
            .undo("Set it back to " + current);
    input.price().ifPresent(change::amount);
    input.validFor().ifPresent(span -> change.validUntil(context.now().plus(span)));
    return change.build();
  }

  @Override
  public List<ChangeProblem> check(List<Change> changes, StepContext context) {
    List<ChangeProblem> problems = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      if (newValue(changes.get(i)).isBlank()) {
        problems.add(new ChangeProblem(i, VALUE, "The new value must not be empty."));
      }
    }
    return problems;
  }

  @Override
  public ChangeOutcome apply(Change change, String key, StepContext context) throws Exception {
    EntryFile file = EntryFile.ofTarget(change.target());
    if (file.isApplied(key)) {
      return applied(change, key);
    }
    String value = newValue(change);
    if (value.equals("refuse")) {
      return new ChangeOutcome.Refused("The file takes no entry that says refuse.");
    }
    if (value.equals("fail")) {
      throw new IOException("the file cannot be written, as it was told");
    }
    String current = file.get(change.target().label());
    if (!current.equals(change.expected().get(VALUE))) {
      return new ChangeOutcome.Stale("The value is '" + current + "' now.");
    }
    file.set(change.target().label(), value, key);
    return applied(change, key);
  }

  private static ChangeOutcome.Applied applied(Change change, String key) {
    return new ChangeOutcome.Applied(
        key, Map.of("was", String.valueOf(change.expected().get(VALUE))));
  }

  @Override
  public PastOutcome outcome(Change change, String key, StepContext context) throws IOException {
    return EntryFile.ofTarget(change.target()).isApplied(key)
        ? new PastOutcome.Happened(applied(change, key))
        : new PastOutcome.DidNotHappen();
  }

  @Override
  public Undo inverse(Change change, ChangeOutcome.Applied applied) {
    String was = String.valueOf(applied.details().get("was"));
    return new Undo.By(
        Change.of(change.target(), "Set " + change.target().label() + " back to " + was)
            .before(VALUE, newValue(change))
            .after(VALUE, was)
            .expected(VALUE, newValue(change))
            .build());
  }

  @Override
  public Output result(List<ChangeResult> outcomes) {
    int[] counts = new int[3];
    for (ChangeResult result : outcomes) {
      switch (result.outcome()) {
        case ChangeOutcome.Applied applied -> counts[0]++;
        case ChangeOutcome.Stale stale -> counts[1]++;
        case ChangeOutcome.Refused refused -> counts[2]++;
      }
    }
    return new Output(counts[0], counts[1], counts[2]);
  }

  private static String newValue(Change change) {
    return String.valueOf(change.after().get(VALUE));
  }
}
