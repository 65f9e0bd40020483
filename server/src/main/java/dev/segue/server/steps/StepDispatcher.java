package dev.segue.server.steps;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.Job;
import dev.segue.bpmn.engine.JobSubscription;
import dev.segue.bpmn.engine.StepWorker;
import dev.segue.bpmn.model.Feel;
import dev.segue.runtime.StepKind;
import dev.segue.runtime.call.Interruption;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.plugins.PluginListener;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the jobs of all served step types from the engine, for as long as it is open. Thread-safe.
 */
public final class StepDispatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StepDispatcher.class);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final Engine engine;
  private final PluginHost plugins;
  private final StepsSettings settings;
  private final StepJournal journal;
  private final ActiveJobs active;
  private final Breakers breakers;
  private final PluginWatch watch;
  private final CarrierGuard carriers;
  private final AttemptLog timeline;
  private final JobReporter reporter;
  private final JobPath path;
  private final OutcomeHandler outcomes;
  private final HostSteps hostSteps;
  private final StepTrials trials;
  private final AtomicInteger inHand = new AtomicInteger();
  private final String workerName;
  private final Map<String, Subscription> workers = new HashMap<>();
  private boolean closed;

  /** What a worker was opened with; it has to be opened anew when this changes. */
  private record Subscription(StepWorker worker, List<String> variables) {}

  /**
   * Makes a dispatcher that takes nothing yet.
   *
   * @param serverId this server, to which the journal's leases belong
   * @param runners the runners of the kinds that this package doesn't run itself
   */
  public StepDispatcher(
      StepsSettings settings, UUID serverId, Collaborators with, Map<StepKind, JobRunner> runners) {
    this(settings, Containment.defaults(), serverId, with, runners);
  }

  /** Likewise, with limits of one's own on what plugins may do. */
  StepDispatcher(
      StepsSettings settings,
      Containment containment,
      UUID serverId,
      Collaborators with,
      Map<StepKind, JobRunner> runners) {
    this.settings = settings;
    this.engine = with.engine();
    this.plugins = with.plugins();
    this.workerName = "segue-" + serverId;
    this.journal = new StepJournal(with.database(), serverId, settings.effectLease());
    this.active = new ActiveJobs(engine, journal, settings);
    StepThreads threads = new StepThreads(settings.cpuThreads());
    this.breakers =
        new Breakers(
            containment.breaker(), InstantSource.system(), plugins.alarms(), with.metrics());
    this.watch = new PluginWatch(containment, plugins.calls(), plugins, with.metrics());
    this.carriers = new CarrierGuard(() -> !watch.hasStrayCalls());
    this.timeline = new AttemptLog(with.database().dataSource(), serverId, with.metrics());
    this.reporter = new JobReporter(engine);
    Map<StepKind, JobRunner> all = new EnumMap<>(StepKind.class);
    all.put(StepKind.STEP, new StepRunner(with.invoker(), journal));
    all.putAll(runners);
    Bulkheads bulkheads = new Bulkheads(settings.concurrencyPerPlugin());
    this.hostSteps =
        new HostSteps(plugins, bulkheads, with.invoker(), with.contexts(), journal, active);
    this.trials = new StepTrials(plugins, bulkheads, threads, with.invoker(), with.contexts());
    this.path =
        new JobPath(
            settings,
            new RunContextCache(with.runs(), settings.cachedRuns()),
            plugins,
            new JobPath.Limits(bulkheads, breakers, threads),
            all,
            with.contexts());
    this.outcomes =
        new OutcomeHandler(
            reporter,
            new ResultMapper(with.feel()),
            timeline,
            plugins,
            with.metrics(),
            settings.retryPause());
  }

  /** Those that a dispatcher works with. */
  public record Collaborators(
      Engine engine,
      PluginHost plugins,
      Database database,
      RunContexts runs,
      StepInvoker invoker,
      StepContexts contexts,
      Feel feel,
      StepMetrics metrics) {}

  /** Takes jobs from now on, of the step types that are served and of those that come later. */
  public void start() {
    watch.start();
    carriers.start();
    plugins.health(new LiveHealth(breakers, watch));
    plugins.listen(
        new PluginListener() {
          @Override
          public void served(Set<String> stepTypes) {
            subscribe(stepTypes);
          }

          @Override
          public void drainOverdue(String pluginId, String version) {
            String plugin = pluginId + "@" + version;
            active.cancel(job -> plugin.equals(job.plugin()), Interruption.SHUTDOWN);
          }
        });
  }

  private synchronized void subscribe(Set<String> stepTypes) {
    if (closed) {
      return;
    }
    workers
        .entrySet()
        .removeIf(
            entry -> {
              if (!stepTypes.contains(entry.getKey())) {
                entry.getValue().worker().close();
                return true;
              }
              return false;
            });
    for (String type : stepTypes) {
      subscribe(type, variables(type));
    }
  }

  private void subscribe(String type, List<String> variables) {
    Subscription known = workers.get(type);
    if (known != null && known.variables().equals(variables)) {
      return;
    }
    if (known != null) {
      known.worker().close();
    }
    StepWorker worker =
        engine.serve(
            new JobSubscription(
                type,
                workerName,
                settings.jobTimeout(),
                settings.concurrencyPerPlugin(),
                variables,
                settings.pollInterval()),
            job -> handle(job, variables));
    workers.put(type, new Subscription(worker, variables));
  }

  private List<String> variables(String type) {
    List<String> variables = new ArrayList<>(plugins.steps().inputFields(type));
    variables.add(JobPath.RUN_VARIABLE);
    return List.copyOf(variables);
  }

  private void handle(Job job, List<String> fetched) {
    inHand.incrementAndGet();
    try {
      active
          .enter(job, fetched)
          .ifPresentOrElse(
              this::work, () -> LOG.debug("Job {} is in work here already", job.key()));
    } finally {
      inHand.decrementAndGet();
    }
  }

  private void work(ActiveJob job) {
    Instant arrival = Instant.now();
    JobPath.Trail trail = new JobPath.Trail();
    JobOutcome outcome;
    try {
      outcome = path.follow(job, trail);
    } finally {
      // Before the engine is told, since it may offer the job again at once.
      active.leave(job);
    }
    outcomes.settle(job.job(), trail, arrival, outcome);
  }

  /** Interrupts the steps of a run that was cancelled; their jobs are gone. */
  public void cancelled(long processInstanceKey) {
    active.cancel(
        job -> job.job().processInstanceKey() == processInstanceKey, Interruption.CANCELLED);
  }

  /** Runs steps on the server's own errands, until this is closed. */
  public HostSteps hostSteps() {
    return hostSteps;
  }

  /** Tries steps for people, until this is closed. */
  public StepTrials trials() {
    return trials;
  }

  /** How many jobs are being worked on. */
  public int activeJobs() {
    return active.count();
  }

  /**
   * Takes no more jobs, lets running steps end within the grace, then interrupts them. What was
   * begun and isn't known to have ended is in doubt for whoever gets the job next.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      workers.values().forEach(subscription -> subscription.worker().close());
      workers.clear();
    }
    hostSteps.close();
    trials.close();
    if (!idleWithin(settings.shutdownGrace())) {
      LOG.info("Interrupting {} steps, since the server stops", active.count());
      active.cancel(job -> true, Interruption.SHUTDOWN);
      hostSteps.interrupt();
      idleWithin(AFTER_INTERRUPT);
    }
    carriers.close();
    watch.close();
    journal.close();
    timeline.close();
    active.close();
  }

  private boolean idleWithin(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (inHand.get() > 0 || hostSteps.isBusy() || reporter.unanswered() > 0) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
