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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
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

  /** Does what groups' transitions ask for, in the transaction that stores the groups. */
  void apply(DSLContext tx, Collection<Watched.Group> groups) {
    List<TriggerStarts.Ask> asks = new ArrayList<>();
    for (Watched.Group group : groups) {
      for (Transition transition : group.untold()) {
        switch (transition) {
          case Transition.Moved moved -> {}
          case Transition.Opened(var at, Alert alert) -> asks.add(ask(tx, group, alert));
          case Transition.Closed(var at, Alert alert) -> recovered(tx, group, alert);
        }
      }
    }
    if (!asks.isEmpty()) {
      triggers.starts().decide(tx, asks);
    }
  }

  /** As it is stored: the one that is watched does not know of pauses since. */
  private Trigger stored(DSLContext tx, Trigger watched) {
    return triggers
        .find(tx, watched.id())
        .filter(one -> one.version() == watched.version())
        .orElse(watched);
  }

  private TriggerStarts.Ask ask(DSLContext tx, Watched.Group group, Alert alert) {
    ObjectNode variables = Json.object();
    variables.set("alert", describe(group, alert));
    String label =
        group.labels().values().stream()
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    Firing firing =
        new Firing(
            stored(tx, group.monitor().trigger()),
            group.labels().get("site"),
            group.key() + "@" + alert.openedAt(),
            alert.openedAt(),
            variables,
            label.isEmpty() ? null : label);
    Firing.Verdict verdict =
        silences
            .of(tx, group.monitor().trigger().id(), group.key(), clock.instant())
            .<Firing.Verdict>map(silence -> new Firing.Verdict.Skip(silence.reasonToSkip()))
            .orElseGet(Firing.Verdict.Start::new);
    return new TriggerStarts.Ask(firing, verdict);
  }

  private void recovered(DSLContext tx, Watched.Group group, Alert alert) {
    ObjectNode variables = Json.object();
    variables.set(
        "recovered", describe(group, alert).put("closedAt", group.state().at().toString()));
    ObjectNode payload = Json.object();
    payload.put("name", group.monitor().settings().messageName());
    payload.put("key", id(group, alert).toString());
    payload.set("variables", variables);
    outbox.enqueue(tx, RECOVERED, id(group, alert).toString(), payload);
  }

  /** The same alert has the same id on every server and after every restart. */
  private static UUID id(Watched.Group group, Alert alert) {
    String text =
        "%s\n%s\n%s".formatted(group.monitor().trigger().id(), group.key(), alert.openedAt());
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode describe(Watched.Group group, Alert alert) {
    MonitorSettings settings = group.monitor().settings();
    ObjectNode about = Json.object();
    about.put("id", id(group, alert).toString());
    about.put("monitor", group.monitor().trigger().id());
    about.put("title", group.monitor().trigger().title());
    about.put("severity", settings.severityOrDefault());
    about.put("metric", settings.metricName());
    about.put("direction", settings.rule().condition().direction().name().toLowerCase(Locale.ROOT));
    ObjectNode labels = about.putObject("labels");
    settings.matchers().forEach(labels::put);
    group.labels().forEach(labels::put);
    about.put("brokenAt", alert.brokenAt().toString());
    about.put("openedAt", alert.openedAt().toString());
    about.put("peakAt", alert.peakAt().toString());
    if (Double.isFinite(alert.peak())) {
      about.put("value", alert.peak());
      about.put("expected", alert.expected());
      about.put("excess", alert.excess());
    }
    return about;
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
