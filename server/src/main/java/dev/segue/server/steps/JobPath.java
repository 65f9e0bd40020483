package dev.segue.server.steps;

import dev.segue.bpmn.engine.Job;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.StepKind;
import dev.segue.runtime.version.VersionRange;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.plugins.PluginLease;
import dev.segue.server.plugins.PluginPin;
import dev.segue.server.steps.RunContexts.Lookup;
import dev.segue.server.storage.StorageException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way of a job from the engine to a step and back, stage by stage. Each stage either hands on
 * or ends the way with an outcome, of which {@link OutcomeHandler} tells the engine. Thread-safe.
 */
final class JobPath {

  private static final Logger LOG = LoggerFactory.getLogger(JobPath.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TIMEOUT_HEADER = "segue.timeout";
  private static final Duration LONGEST_LIMIT = Duration.ofHours(24);
  private static final Duration CONTEXT_PAUSE = Duration.ofMillis(50);

  /** The run's own variable, which every job brings along. */
  static final String RUN_VARIABLE = "segue";

  private final StepsSettings settings;
  private final RunContexts runs;
  private final PluginHost plugins;
  private final Limits limits;
  private final Map<StepKind, JobRunner> runners;
  private final StepContexts contexts;

  /** What keeps one plugin from harming the others. */
  record Limits(Bulkheads bulkheads, Breakers breakers, StepThreads threads) {}

  JobPath(
      StepsSettings settings,
      RunContexts runs,
      PluginHost plugins,
      Limits limits,
      Map<StepKind, JobRunner> runners,
      StepContexts contexts) {
    this.settings = settings;
    this.runs = runs;
    this.plugins = plugins;
    this.limits = limits;
    this.runners = Map.copyOf(runners);
    this.contexts = contexts;
  }

  /** Takes a job from its arrival to its outcome. */
  JobOutcome follow(ActiveJob active, Trail trail) {
    try {
      return variables(active, trail);
    } catch (InterruptedException e) {
      return new JobOutcome.Later(Duration.ZERO, "The server stops.");
    } catch (DataAccessException | StorageException e) {
      LOG.warn("Job {} waits for the database: {}", active.job().key(), e.getMessage());
      return new JobOutcome.Later(settings.putBack(), "The database is away.");
    } catch (RuntimeException | Error e) {
      LOG.error(
          "Job {} of {} met a fault of the server", active.job().key(), active.job().type(), e);
      return new JobOutcome.Retry("A fault of the server: " + e, Optional.empty(), false);
    }
  }

  /** Stage 1: what the job brings along. */
  private JobOutcome variables(ActiveJob active, Trail trail) throws InterruptedException {
    JsonNode variables = JSON.readTree(active.job().variablesJson());
    return run(active, variables, trail);
  }

  /** Stage 2: which run it is. Nothing is done for a run of which nobody knows what it may do. */
  private JobOutcome run(ActiveJob active, JsonNode variables, Trail trail)
      throws InterruptedException {
    Job job = active.job();
    RunContexts.Query query =
        new RunContexts.Query(
            job.processInstanceKey(),
            job.bpmnProcessId(),
            Optional.ofNullable(variables.path(RUN_VARIABLE).path("runId").asString(null)));
    long giveUp = System.nanoTime() + settings.contextPatience().toNanos();
    while (true) {
      switch (runs.find(query)) {
        case Lookup.Known known -> {
          return lease(active, known.run(), variables, trail);
        }
        case Lookup.Forbidden forbidden -> {
          return new JobOutcome.Gone(forbidden.why());
        }
        case Lookup.NotYet notYet -> {
          if (System.nanoTime() > giveUp || active.isCancelled()) {
            return new JobOutcome.Later(
                settings.putBack(), "The run isn't known yet: " + notYet.what());
          }
        }
      }
      TimeUnit.MILLISECONDS.sleep(CONTEXT_PAUSE.toMillis());
    }
  }

  /** Stage 3: which version of the plugin serves it; that version stays loaded meanwhile. */
  private JobOutcome lease(ActiveJob active, RunContext run, JsonNode variables, Trail trail)
      throws InterruptedException {
    Job job = active.job();
    VersionRange versions;
    try {
      versions = versions(job);
    } catch (IllegalArgumentException e) {
      return new JobOutcome.Incident(
          "The task's header %s: %s. Mend the diagram."
              .formatted(PluginPin.HEADER, e.getMessage()));
    }
    Optional<PluginLease> found = plugins.lease(job.type(), versions);
    if (found.isEmpty()) {
      return versions == null
          ? new JobOutcome.Later(settings.putBack(), "No plugin serves " + job.type() + " now.")
          : new JobOutcome.Incident(
              "Version %s of the plugin that serves %s is asked for, and no such version is installed. Install or enable one; or take the header %s off the task, or unpin the workflow %s."
                  .formatted(versions, job.type(), PluginPin.HEADER, job.bpmnProcessId()));
    }
    try (PluginLease lease = found.get()) {
      trail.leased(lease);
      if (!active.fetched().containsAll(lease.inputFields())) {
        return new JobOutcome.Later(
            Duration.ZERO, "The job was taken for a version with other inputs than this one.");
      }
      active.runsIn(lease.plugin().id() + "@" + lease.pluginVersion());
      return admit(active, run, lease, variables);
    }
  }

  /** What the task asks for, else the workflow; null for whatever serves. */
  private @Nullable VersionRange versions(Job job) {
    String header = job.customHeaders().getOrDefault(PluginPin.HEADER, "");
    return header.isBlank()
        ? plugins.pinned(job.bpmnProcessId(), job.type()).orElse(null)
        : VersionRange.parse(header);
  }

  /** Stage 4: whether the run may do such a thing at all. */
  private JobOutcome admit(ActiveJob active, RunContext run, PluginLease lease, JsonNode variables)
      throws InterruptedException {
    StepDescriptor step = lease.descriptor();
    if (run.mode() == RunMode.UNKNOWN && step.effect().isNoticeable()) {
      return new JobOutcome.Incident(
          "The step '%s' may alter something outside, but this run was started past Segue, so nobody has said whether it may. Adopt the run as live or as simulated, then resolve this incident."
              .formatted(step.title()));
    }
    return place(active, run, lease, variables);
  }

  /** Stage 5: a place in the plugin's bulkhead, and that its plugin doesn't fail all such jobs. */
  private JobOutcome place(ActiveJob active, RunContext run, PluginLease lease, JsonNode variables)
      throws InterruptedException {
    try (Bulkheads.Place place = limits.bulkheads().enter(lease.plugin().id())) {
      if (active.isCancelled()) {
        return new JobOutcome.Later(Duration.ZERO, "The job was stopped before its step began.");
      }
      return limits
          .breakers()
          .pass(lease, active.job().key(), () -> call(active, run, lease, variables));
    }
  }

  /** Stage 6: the call itself; how a kind of step is run is its runner's business. */
  private JobOutcome call(ActiveJob active, RunContext run, PluginLease lease, JsonNode variables)
      throws InterruptedException {
    Optional<Duration> limit = limit(active.job(), lease.descriptor());
    if (limit.isEmpty()) {
      return new JobOutcome.Incident(
          "The task header %s must be a duration from PT1S to PT24H, such as PT5M, not '%s'. Mend the diagram."
              .formatted(TIMEOUT_HEADER, active.job().customHeaders().get(TIMEOUT_HEADER)));
    }
    ObjectNode input = declared(lease, variables);
    // While nothing has begun, a database that is away costs no more than a pause.
    Optional<String> paused = contexts.warmUp(lease.descriptor(), input);
    if (paused.isPresent()) {
      return new JobOutcome.Later(settings.putBack(), paused.get());
    }
    StepCall call = new StepCall(active.job(), run, lease, input, limit.get(), active, contexts);
    JobRunner runner = runners.get(lease.descriptor().kind());
    if (runner == null) {
      return new JobOutcome.Later(
          settings.putBack(),
          "This server doesn't run steps of the kind " + lease.descriptor().kind());
    }
    return limits.threads().run(inRunsLog(runner), call);
  }

  /** Only what the step's input declares; what it doesn't, is none of its business. */
  private static ObjectNode declared(PluginLease lease, JsonNode variables) {
    ObjectNode input = JSON.createObjectNode();
    for (String field : lease.inputFields()) {
      JsonNode value = variables.get(field);
      if (value != null) {
        input.set(field, value);
      }
    }
    return input;
  }

  private static Optional<Duration> limit(Job job, StepDescriptor step) {
    String header = job.customHeaders().get(TIMEOUT_HEADER);
    if (header == null || header.isBlank()) {
      return Optional.of(step.policy().timeout());
    }
    try {
      Duration limit = Duration.parse(header.strip());
      boolean inRange =
          limit.compareTo(Duration.ofSeconds(1)) >= 0 && limit.compareTo(LONGEST_LIMIT) <= 0;
      return inRange ? Optional.of(limit) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static JobRunner inRunsLog(JobRunner runner) {
    return call -> {
      MDC.put("run", call.run().runId());
      MDC.put("step", call.job().elementId());
      try {
        return runner.run(call);
      } finally {
        MDC.remove("run");
        MDC.remove("step");
      }
    };
  }

  /** What a job passed on its way, for the timeline. */
  static final class Trail {

    private String stepTitle = "";
    private String pluginVersion = "";

    private void leased(PluginLease lease) {
      stepTitle = lease.descriptor().title();
      pluginVersion = lease.pluginVersion();
    }

    /** The step's title for people; empty if the job didn't get that far. */
    String stepTitle() {
      return stepTitle;
    }

    /** The version that served it; empty if the job didn't get that far. */
    String pluginVersion() {
      return pluginVersion;
    }
  }
}
