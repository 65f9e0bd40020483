package dev.segue.server.triggers.monitors;

import dev.segue.server.data.metrics.MetricReader;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.runs.Messages;
import dev.segue.server.storage.Database;
import dev.segue.server.triggers.Trigger;
import dev.segue.server.triggers.TriggerKind;
import dev.segue.server.triggers.Triggers;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Triggers that start a run when a metric is out of order. Thread-safe. */
public final class Monitors implements TriggerKind, AutoCloseable {

  static final String KIND = "monitor";

  private final Ground ground;
  private final MetricReader metrics = new MetricReader();
  private final GroupRows rows = new GroupRows();
  private final AlertEffects effects;
  private final MonitorRunner runner;
  private final MonitorWatch watch;

  /** What monitors stand on. */
  public record Ground(
      Database database,
      Triggers triggers,
      Outbox outbox,
      Messages messages,
      Audit audit,
      InstantSource clock) {}

  /** Makes them known to the triggers; nothing is evaluated before {@link #start}. */
  public Monitors(Ground ground) {
    this.ground = ground;
    this.effects =
        new AlertEffects(ground.triggers(), ground.outbox(), ground.messages(), ground.clock());
    this.runner = new MonitorRunner(ground.database(), ground.triggers(), effects, ground.clock());
    this.watch = new MonitorWatch(ground.database(), runner);
    ground.triggers().register(this);
  }

  /** Begins to evaluate, whenever this server is the one that shall. */
  public void start() {
    watch.start();
  }

  /** What evaluates; for tests, which turn the clock themselves. */
  MonitorRunner runner() {
    return runner;
  }

  /** The operations on monitors, besides those on all triggers. */
  public List<Operation> operations() {
    return new MonitorOperations(ground, metrics, rows).operations();
  }

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public ObjectNode check(ObjectNode settings) {
    MonitorSettings.read(settings);
    return settings;
  }

  @Override
  public void checkReady(ObjectNode settings) {
    String metric = MonitorSettings.read(settings).metricName();
    if (!metrics.exists(ground.database().jooq(), metric)) {
      throw ApiException.invalid(
          "monitor.metric",
          "There is no metric %s. Push a point of it first (segue metrics push), or have it fetched (segue metrics sources)."
              .formatted(metric));
    }
  }

  @Override
  public @Nullable Set<String> sites(ObjectNode settings) {
    String site = MonitorSettings.stored(settings).matchers().get("site");
    return site == null ? null : Set.of(site);
  }

  @Override
  public Set<String> brings() {
    return Set.of("alert");
  }

  @Override
  public List<String> warnings(DSLContext tx, Trigger trigger) {
    return MonitorSettings.stored(trigger.settings()).warnings();
  }

  @Override
  public void saved(DSLContext tx, Trigger trigger) {
    tx.execute("select pg_notify(?, '')", MonitorWatch.CHANGES);
  }

  @Override
  public void removed(DSLContext tx, Trigger trigger) {
    MonitorSettings settings = MonitorSettings.stored(trigger.settings());
    rows.alerts(tx, trigger.id())
        .forEach(
            (group, alert) ->
                effects.ended(
                    tx, Subject.of(trigger, settings, group), alert, ground.clock().instant()));
    rows.deleteAll(tx, trigger.id());
    tx.execute("select pg_notify(?, '')", MonitorWatch.CHANGES);
  }

  /** Evaluates nothing any more; where groups stand is stored. */
  @Override
  public void close() {
    watch.close();
  }
}
