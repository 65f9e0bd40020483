package dev.segue.testkit;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.ChangeTarget;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import dev.segue.sdk.Undo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Paints a wall, as well or as badly as its input says. */
@StepInfo(name = "paint", title = "Paint", effect = Effect.WRITE)
final class FaultyChange implements ChangeStep<FaultyChange.Input, FaultyChange.Output> {

  /** The world outside: the colours of walls, who was there, and how often. */
  static final Map<String, String> WALLS = new ConcurrentHashMap<>();

  static final Set<String> KEYS = ConcurrentHashMap.newKeySet();
  static final AtomicInteger COATS = new AtomicInteger();

  record Input(
      @Field(title = "Fault") Fault fault,
      @Field(title = "Colour") String colour,
      @Field(title = "Account") FaultyAccount account) {

    Input {
      if (colour.isBlank()) {
        throw new IllegalArgumentException(
            fault == Fault.REFUSES_WITHOUT_A_NAME ? "no" : "'colour' is blank");
      }
    }
  }

  record Output(@Field(title = "Painted") int painted) {}

  private final List<Input> examples;

  FaultyChange(Input... examples) {
    this.examples = List.of(examples);
  }

  @Override
  public List<Input> examples() {
    return examples;
  }

  static void reset() {
    WALLS.clear();
    WALLS.putAll(Map.of("north", "white", "south", "white"));
    KEYS.clear();
    COATS.set(0);
  }

  @Override
  public ChangeSet plan(Input input, StepContext context) {
    Misbehaviour.of(input.fault());
    if (input.fault() == Fault.PLANS_FOR_REAL) {
      COATS.incrementAndGet();
    }
    return new ChangeSet(
        "Paint a wall",
        "",
        List.of(
            Change.of(new ChangeTarget("wall", "north", "North wall"), "Paint " + input.colour())
                .before("colour", "white")
                .after("colour", input.colour())
                .after("fault", input.fault().name())
                .build()));
  }

  @Override
  public List<ChangeProblem> check(List<Change> changes, StepContext context) {
    return fault(changes.getFirst()) == Fault.DISLIKES_ITS_OWN_PLAN
        ? List.of(new ChangeProblem(0, "colour", "is ugly"))
        : List.of();
  }

  @Override
  public ChangeOutcome apply(Change change, String key, StepContext context) {
    Fault fault = fault(change);
    if (KEYS.add(key) || fault == Fault.EFFECT_EACH_TIME) {
      COATS.incrementAndGet();
      WALLS.put("north", (String) change.after().get("colour"));
      if (fault == Fault.UNDOES_ONLY_HALF) {
        WALLS.put("south", "splashed");
      }
    }
    return new ChangeOutcome.Applied(key);
  }

  @Override
  public PastOutcome outcome(Change change, String key, StepContext context) {
    Fault fault = fault(change);
    return KEYS.contains(key)
            && fault != Fault.DENIES_WHAT_IT_DID
            && fault != Fault.EFFECT_EACH_TIME
        ? new PastOutcome.Happened(new ChangeOutcome.Applied(key))
        : new PastOutcome.DidNotHappen();
  }

  @Override
  public Undo inverse(Change change, ChangeOutcome.Applied applied) {
    return new Undo.By(
        Change.of(change.target(), "Paint it white again")
            .before("colour", change.after().get("colour"))
            .after("colour", change.before().get("colour"))
            .after("fault", Fault.NONE.name())
            .build());
  }

  @Override
  public Output result(List<ChangeResult> outcomes) {
    int painted = 0;
    for (ChangeResult result : outcomes) {
      if (result.outcome() instanceof ChangeOutcome.Applied) {
        painted++;
      } else if (fault(result.change()) == Fault.KNOWS_SUCCESS_ALONE) {
        throw new IllegalStateException("not painted");
      }
    }
    return new Output(painted);
  }

  private static Fault fault(Change change) {
    return Fault.valueOf((String) change.after().get("fault"));
  }
}
