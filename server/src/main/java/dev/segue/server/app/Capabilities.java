package dev.segue.server.app;

import dev.segue.bpmn.engine.Engine;
import dev.segue.server.data.BusinessData;
import dev.segue.server.data.metrics.MetricLimits;
import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.data.metrics.MetricUpkeep;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.events.feed.LiveFeed;
import dev.segue.server.events.feed.ProgressTeller;
import dev.segue.server.http.Contract;
import dev.segue.server.http.Metrics;
import dev.segue.server.http.Operation;
import dev.segue.server.people.People;
import dev.segue.server.storage.Database;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * All capabilities of a server, made in the order of the packages, each out of what lies below it.
 */
final class Capabilities {

  /** What all capabilities stand on. */
  record Foundation(
      Home home,
      Settings settings,
      Distribution distribution,
      Database database,
      Engine engine,
      Metrics metrics,
      Contract contract,
      Health health,
      Supplier<String> url) {

    /** Where people's browsers find the pages, without a slash at its end. */
    Supplier<String> pages() {
      String known = settings.http().publicUrl();
      return known == null ? url : () -> known;
    }
  }

  private final List<Operation> operations = new ArrayList<>();
  private final People people;
  private final Outbox outbox;
  private final Automation automation;

  Capabilities(Foundation base, People people, Running running) throws IOException {
    Database database = base.database();
    this.people = people;

    EventBus events = running.add("events", new EventBus());
    outbox =
        running.add(
            "the outbox", new Outbox(database, base.home().serverId(), base.metrics().registry()));
    LiveFeed feed = running.add("the live feed", new LiveFeed(database, base.metrics().registry()));
    ProgressTeller progress =
        running.add("the progress", new ProgressTeller(database, Clock.systemUTC()));
    BusinessData data = new BusinessData(database, people.audit());
    MetricStore metrics =
        new MetricStore(database, MetricLimits.defaults(), InstantSource.system());
    running.add("the upkeep of metrics", new MetricUpkeep(metrics));

    automation =
        new Automation(
            base,
            new Automation.Shared(
                events, outbox, progress, data, metrics, people.audit(), people.directory()),
            running);

    operations.addAll(people.operations());
    operations.addAll(feed.operations());
    operations.addAll(data.operations());
    operations.addAll(metrics.operations());
    operations.addAll(automation.operations());
    operations.addAll(
        new ServerOperations(database, base.contract(), base.health(), base.url()).operations());
  }

  People people() {
    return people;
  }

  List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** Begins to do things by itself, once all handlers are in place. */
  void start() {
    outbox.start();
    automation.start();
  }
}
