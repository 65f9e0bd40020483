package dev.segue.server.triggers.monitors;

import dev.segue.bpmn.engine.Message;
import dev.segue.server.events.Outbox;
import dev.segue.server.events.OutboxHandler;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.runs.Messages;
import dev.segue.server.triggers.Firing;
import dev.segue.server.triggers.Trigger;
import dev.segue.server.triggers.TriggerStarts;
import dev.segue.server.triggers.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import tools.jackson.databind.node.ObjectNode;

/** What follows of alerts: one run for each, and a message to it at the end. Thread-safe. */
final class AlertEffects {

  private static final String RECOVERED = "monitor.recovered";

  /** A run may be held up for long before it waits for the end of its alert. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final Triggers triggers;
  private final Outbox outbox;
  private final InstantSource clock;
  private final SilenceRows silences = new SilenceRows();

  AlertEffects(Triggers triggers, Outbox outbox, Messages messages, InstantSource clock) {
    this.triggers = triggers;
    this.outbox = outbox;
    this.clock = clock;
    outbox.register(RECOVERED, entry -> publish(messages, entry.payload()));
  }

  /**
   * Does what groups' transitions ask for, in the transaction that stores the groups. A monitor
   * that was removed meanwhile starts no run.
   */
  void apply(DSLContext tx, Collection<Watched.Group> groups) {
    List<TriggerStarts.Ask> asks = new ArrayList<>();
    for (Watched.Group group : groups) {
      for (Transition transition : group.untold()) {
        switch (transition) {
          case Transition.Moved moved -> {}
          case Transition.Opened(var at, Alert alert) ->
              stored(tx, group.monitor().trigger())
                  .ifPresent(trigger -> asks.add(ask(tx, trigger, group.subject(), alert)));
          case Transition.Closed(var at, Alert alert) -> ended(tx, group.subject(), alert, at);
        }
      }
    }
    if (!asks.isEmpty()) {
      triggers.starts().decide(tx, asks);
    }
  }

  /** Tells the run of an alert that it ended, in the caller's transaction. */
  void ended(DSLContext tx, Subject subject, Alert alert, Instant at) {
    String id = subject.id(alert).toString();
    ObjectNode variables = Json.object();
    variables.set("recovered", subject.describe(alert).put("closedAt", at.toString()));
    ObjectNode payload = Json.object();
    payload.put("name", subject.settings().messageName());
    payload.put("key", id);
    payload.set("variables", variables);
    outbox.enqueue(tx, RECOVERED, id, payload);
  }

  /**
   * As it is stored: the one that is watched does not know of pauses since. It can't be removed
   * before the alert is stored with which its removal has to deal.
   */
  private Optional<Trigger> stored(DSLContext tx, Trigger watched) {
    return triggers
        .lock(tx, watched.id())
        .map(one -> one.version() == watched.version() ? one : watched);
  }

  private TriggerStarts.Ask ask(DSLContext tx, Trigger trigger, Subject subject, Alert alert) {
    ObjectNode variables = Json.object();
    variables.set("alert", subject.describe(alert));
    Firing firing =
        new Firing(
            trigger,
            subject.site(),
            subject.key() + "@" + alert.openedAt(),
            alert.openedAt(),
            variables,
            subject.businessKey());
    Firing.Verdict verdict =
        silences
            .of(tx, trigger.id(), subject.key(), clock.instant())
            .<Firing.Verdict>map(silence -> new Firing.Verdict.Skip(silence.reasonToSkip()))
            .orElseGet(Firing.Verdict.Start::new);
    return new TriggerStarts.Ask(firing, verdict);
  }

  private static OutboxHandler.Outcome publish(Messages messages, ObjectNode payload) {
    String key = payload.path("key").asString();
    try {
      messages.publish(
          new Message(
              payload.path("name").asString(),
              key,
              KEPT,
              key + "/recovered",
              Json.text(payload.path("variables"))));
    } catch (ApiException e) {
      if (e.problem().status() != 409) {
        throw e;
      }
    }
    return OutboxHandler.done();
  }
}
