package dev.segue.server.changes;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.changes.ContentHash;
import dev.segue.sdk.Site;
import dev.segue.server.events.Alarms;
import dev.segue.server.events.OutboxHandler;
import dev.segue.server.steps.HostSteps;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Applies approved sets that no diagram applies. It goes on where an earlier call, or a server that
 * died, stopped.
 */
final class UndoApplier implements OutboxHandler {

  /** The outbox kind under which such a set is applied. */
  static final String KIND = "changes.apply";

  /** An approved set does not come into force; one open alarm for each set. */
  private static final String ALARM = "change-set";

  private static final Duration UNTIL_SERVED = Duration.ofSeconds(5);
  private static final int ALARMING_ATTEMPT = 5;

  private final Database database;
  private final ChangeSets sets;
  private final ChangeApplier applier;
  private final HostSteps steps;
  private final Function<String, Optional<Site>> sites;

  UndoApplier(
      Database database,
      ChangeSets sets,
      ChangeApplier applier,
      HostSteps steps,
      Function<String, Optional<Site>> sites) {
    this.database = database;
    this.sets = sets;
    this.applier = applier;
    this.steps = steps;
    this.sites = sites;
  }

  @Override
  public Outcome handle(Entry entry) throws Exception {
    UUID id = UUID.fromString(entry.ref());
    StoredChangeSet set = sets.find(database.jooq(), id).orElse(null);
    if (set == null || !isOpen(set)) {
      return OutboxHandler.done();
    }
    String hash = ContentHash.of(sets.content(database.jooq(), set), set.connections());
    if (!hash.equals(set.hash()) || sets.approval(database.jooq(), id, hash).isEmpty()) {
      alarm(id, "It was altered in the database after it was approved; it isn't applied.");
      return OutboxHandler.done();
    }
    sets.setState(database.jooq(), id, ChangeSetState.APPLYING);
    Optional<ApplyVerdict> verdict =
        steps.with(
            Undos.part(set, "apply"),
            Undos.context(set, sites),
            (binding, version, how) -> applier.apply((StepBinding.Changing) binding, set, how));
    if (verdict.isEmpty()) {
      warn(entry, id, "No plugin serves " + set.stepType() + "; install or enable it.");
      return OutboxHandler.again(UNTIL_SERVED);
    }
    return switch (verdict.get()) {
      case ApplyVerdict.Done done -> settled(id);
      case ApplyVerdict.Stale stale -> settled(id);
      case ApplyVerdict.InDoubt doubt -> {
        alarm(
            id,
            "Nobody knows whether one of its changes happened. Look at the outside system, then say so with `segue changes settle`.");
        yield OutboxHandler.done();
      }
      case ApplyVerdict.Wait(Duration after, String message) -> OutboxHandler.again(after);
      case ApplyVerdict.Failed failed -> {
        warn(entry, id, failed.failure().message() + " It is tried again.");
        throw new ApplyFailedException(failed.failure().message());
      }
    };
  }

  private static boolean isOpen(StoredChangeSet set) {
    return set.runId() == null
        && (set.state() == ChangeSetState.APPROVED || set.state() == ChangeSetState.APPLYING);
  }

  private Outcome settled(UUID id) {
    Alarms.clear(database.jooq(), ALARM, id.toString());
    return OutboxHandler.done();
  }

  private void alarm(UUID set, String message) {
    Alarms.raise(database.jooq(), ALARM, set.toString(), message);
  }

  private void warn(Entry entry, UUID id, String message) {
    if (entry.attempt() >= ALARMING_ATTEMPT) {
      alarm(id, message);
    }
  }

  /** Has the outbox try again after a growing while. */
  private static final class ApplyFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    ApplyFailedException(String message) {
      super(message);
    }
  }
}
