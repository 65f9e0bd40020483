package dev.segue.server.triggers.webhooks;

import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.GroupCommit;
import dev.segue.server.triggers.Decided;
import dev.segue.server.triggers.Firing;
import dev.segue.server.triggers.Trigger;
import dev.segue.server.triggers.TriggerStarts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes events: that one was taken, what became of it and the start of its run are one commit, and
 * nobody is answered before it. Thread-safe.
 */
final class EventIntake {

  /** Bounded for the memory's sake: each may have the largest body. */
  private static final int AT_ONCE = 16;

  private final TriggerStarts starts;
  private final InstantSource clock;
  private final EventRows rows = new EventRows();
  private final GroupCommit<Asked, Taken> commits;

  EventIntake(Database database, TriggerStarts starts, InstantSource clock) {
    this.starts = starts;
    this.clock = clock;
    this.commits = GroupCommit.ofTransactions(database, AT_ONCE, Duration.ZERO, this::write);
  }

  private record Asked(Trigger trigger, EventReading.Understood event) {

    String key() {
      return event.key().text();
    }
  }

  /**
   * What became of an event.
   *
   * @param firing the key of its firing
   * @param repeated whether that was decided when it first came
   */
  record Taken(String firing, Decided decided, boolean repeated) {}

  /** Takes one and waits for the commit. */
  Taken take(Trigger trigger, EventReading.Understood event) {
    return commits.write(new Asked(trigger, event));
  }

  private List<Taken> write(DSLContext tx, List<Asked> asked) {
    Instant now = clock.instant();
    EventRows.@Nullable Claim[] claims = new EventRows.Claim[asked.size()];
    // In one order on all servers, lest they wait for each other.
    IntStream.range(0, asked.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> asked.get(i).trigger().id())
                .thenComparing(i -> asked.get(i).key()))
        .forEach(i -> claims[i] = claim(tx, asked.get(i), now));
    List<TriggerStarts.Ask> asks = new ArrayList<>();
    for (int i = 0; i < claims.length; i++) {
      asks.add(ask(asked.get(i), Objects.requireNonNull(claims[i]), now));
    }
    List<Decided> decided = starts.decide(tx, asks);
    List<Taken> taken = new ArrayList<>();
    for (int i = 0; i < claims.length; i++) {
      EventRows.Claim claim = Objects.requireNonNull(claims[i]);
      if (claim.fresh() && decided.get(i).outcome() == Decided.Outcome.REFUSED) {
        rows.refused(tx, asked.get(i).trigger().id(), asked.get(i).key());
      }
      taken.add(new Taken(claim.firingKey(), decided.get(i), !claim.fresh()));
    }
    return taken;
  }

  private EventRows.Claim claim(DSLContext tx, Asked asked, Instant now) {
    Duration window = asked.event().key().window();
    return rows.claim(
        tx,
        asked.trigger().id(),
        asked.key(),
        asked.event().site(),
        window == null ? null : now.minus(window),
        now);
  }

  private static TriggerStarts.Ask ask(Asked asked, EventRows.Claim claim, Instant now) {
    EventReading.Understood event = asked.event();
    ObjectNode variables = Json.object();
    if (asked.trigger().mapping().isEmpty()) {
      variables.set(Webhooks.EVENT, event.event());
    }
    Firing firing =
        new Firing(
            asked.trigger(),
            claim.site(),
            claim.firingKey(),
            now,
            variables,
            event.businessKey(),
            event.scope());
    return new TriggerStarts.Ask(firing, verdict(event, claim));
  }

  private static Firing.Verdict verdict(EventReading.Understood event, EventRows.Claim claim) {
    if (!claim.fresh()) {
      return new Firing.Verdict.Skip("This event came before.");
    }
    return event.errors().isEmpty()
        ? new Firing.Verdict.Start()
        : new Firing.Verdict.Refuse(
            event.errors().stream()
                .map((FieldError error) -> error.field() + ": " + error.message())
                .collect(Collectors.joining(" ")));
  }

  void remove(DSLContext tx, String triggerId) {
    rows.remove(tx, triggerId);
  }

  void forgetBefore(DSLContext tx, Instant time) {
    rows.forgetBefore(tx, time);
  }
}
