package dev.segue.server.sources;

import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.server.connections.Connections;
import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.steps.StepContexts;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.QueryRole;
import java.time.InstantSource;
import java.util.List;

/** The sources as a whole. Thread-safe. */
public final class MetricSources implements AutoCloseable {

  private final Collector collector;
  private final SourceOperations operations;

  /** The kind of alarm of sources that keep failing; its subject is the source's id. */
  static final String ALARM = "metric-source";

  /** What they stand on. */
  public record Ground(Database database, MetricStore store, Audit audit, InstantSource clock) {}

  /** By which the code of plugins is called. */
  public record Plugins(
      PluginHost host, StepInvoker invoker, StepContexts contexts, Connections connections) {}

  /** Wires the parts; nothing is fetched before {@link #start}. */
  public MetricSources(Ground ground, Plugins plugins) {
    SourceRows rows = new SourceRows();
    PointReaders readers =
        new PointReaders(
            new SqlPoints(new QueryRole(ground.database())),
            new PluginPoints(
                plugins.host(), plugins.invoker(), plugins.contexts(), plugins.connections()));
    this.collector =
        new Collector(
            ground.database(),
            rows,
            new Fetcher(ground.database(), ground.store(), readers),
            ground.clock());
    this.operations =
        new SourceOperations(
            ground.database(),
            ground.store(),
            rows,
            readers,
            collector,
            ground.audit(),
            ground.clock());
  }

  /** Begins to fetch what is due. */
  public void start() {
    collector.start();
  }

  /** What fetches; for tests, which turn the clock themselves. */
  Collector collector() {
    return collector;
  }

  /** The HTTP operations. */
  public List<Operation> operations() {
    return operations.operations();
  }

  /** Fetches nothing any more; what was begun is fetched again. */
  @Override
  public void close() {
    collector.close();
  }
}
