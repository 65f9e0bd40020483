package dev.segue.server.steps;

import dev.segue.runtime.call.CallListener;
import dev.segue.runtime.call.CallName;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.RunningCall;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.server.plugins.PluginAlarms;
import dev.segue.server.plugins.PluginHost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what plugins do to the process, says who does it, and takes the worst out of service. A
 * thread that computes on and on can't be stopped from outside; what can be done is to start no
 * more of them, and to say whose they are.
 */
final class PluginWatch implements CallListener, AutoCloseable {

  static final String STRAY_ALARM = "plugin-call-abandoned";
  static final String THREADS_ALARM = "plugin-threads";

  private static final Logger LOG = LoggerFactory.getLogger(PluginWatch.class);
  private static final int STACK_LINES = 5;

  private final Containment limits;
  private final PluginCalls calls;
  private final PluginHost plugins;
  private final PluginAlarms alarms;
  private final StepMetrics metrics;
  private final PluginThreads threads = new PluginThreads();
  private final Map<String, Deque<Long>> errors = new ConcurrentHashMap<>();
  private final Map<String, Integer> strayAlarms = new HashMap<>();
  private final Set<String> threadAlarms = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("segue-plugin-watch").factory());

  PluginWatch(Containment limits, PluginCalls calls, PluginHost plugins, StepMetrics metrics) {
    this.limits = limits;
    this.calls = calls;
    this.plugins = plugins;
    this.alarms = plugins.alarms();
    this.metrics = metrics;
  }

  /** Hears of every call from now on, and looks at the threads again and again. */
  void start() {
    calls.listen(this);
    long pause = limits.interval().toMillis();
    thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
  }

  @Override
  public void ended(CallName call, StepResult<?> result) {
    if (result instanceof StepResult.Failed<?> failed
        && failed.failure() instanceof StepFailure.Fault fault
        && fault.error()
        && tooManyErrors(call.plugin())) {
      soon(
          () ->
              quarantine(
                  call.plugin(),
                  "It threw %d errors within %d minutes, the last in %s: %s"
                      .formatted(
                          limits.errors(),
                          limits.errorsWithin().toMinutes(),
                          call.purpose(),
                          fault.message())));
    }
  }

  private boolean tooManyErrors(String plugin) {
    Deque<Long> times = errors.computeIfAbsent(plugin, any -> new ArrayDeque<>());
    long now = System.nanoTime();
    synchronized (times) {
      times.add(now);
      while (now - times.element() > limits.errorsWithin().toNanos()) {
        times.remove();
      }
      boolean tooMany = times.size() >= limits.errors();
      if (tooMany) {
        times.clear();
      }
      return tooMany;
    }
  }

  @Override
  public void abandoned(CallName call) {
    soon(
        () -> {
          LOG.warn("The call {} heeds no interrupt; nobody waits for it any more", call);
          look();
        });
  }

  private void soon(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("The server stops; a misbehaving plugin is left alone");
    }
  }

  private void look() {
    try {
      Map<String, List<RunningCall>> stray =
          calls.running().stream()
              .filter(call -> call.abandoned() != null)
              .collect(Collectors.groupingBy(call -> call.name().plugin(), Collectors.toList()));
      Map<String, PluginThreads.Use> use = threads.look(calls.running());
      stray.forEach(this::stray);
      use.forEach(this::threads);
      clear(strayAlarms.keySet(), stray.keySet(), STRAY_ALARM);
      clear(threadAlarms, crowded(use), THREADS_ALARM);
      tell(stray, use);
    } catch (RuntimeException e) {
      LOG.warn("Could not look after the plugins' threads; trying again soon: {}", e.getMessage());
      LOG.debug("the fault in full", e);
    }
  }

  private void stray(String plugin, List<RunningCall> stray) {
    String what =
        stray.stream().map(PluginWatch::describe).sorted().collect(Collectors.joining("; "));
    Integer told = strayAlarms.put(plugin, stray.size());
    if (told == null || told != stray.size()) {
      alarms.raise(
          STRAY_ALARM,
          plugin,
          "%d calls of the plugin %s heed no interrupt and run on: %s. They end with the server's next restart at the latest; mend the plugin."
              .formatted(stray.size(), plugin, what));
    }
    if (stray.size() >= limits.abandonedCalls()) {
      quarantine(plugin, "%d of its calls heed no interrupt: %s".formatted(stray.size(), what));
    }
  }

  boolean hasStrayCalls() {
    return calls.running().stream().anyMatch(call -> call.abandoned() != null);
  }

  /** The calls of a plugin version that heed no interrupt, in words. */
  List<String> strayCalls(String plugin) {
    return calls.running().stream()
        .filter(call -> call.abandoned() != null && call.name().plugin().equals(plugin))
        .map(PluginWatch::describe)
        .sorted()
        .toList();
  }

  private static String describe(RunningCall call) {
    Duration abandoned = call.abandoned();
    return "%s %s for %d s, abandoned %d s ago, at %s"
        .formatted(
            call.name().purpose(),
            call.thread().getState() == Thread.State.RUNNABLE ? "runs" : "waits",
            call.running().toSeconds(),
            abandoned == null ? 0 : abandoned.toSeconds(),
            String.join(" < ", call.stackTop(STACK_LINES)));
  }

  private void threads(String plugin, PluginThreads.Use use) {
    if (use.own() >= limits.mostThreads()) {
      quarantine(
          plugin, "It has %d threads of its own, such as '%s'".formatted(use.own(), use.example()));
    } else if (use.own() >= limits.manyThreads() && threadAlarms.add(plugin)) {
      alarms.raise(
          THREADS_ALARM,
          plugin,
          "The plugin %s has %d threads of its own, such as '%s'. With %d it is quarantined; look whether it leaks them."
              .formatted(plugin, use.own(), use.example(), limits.mostThreads()));
    }
  }

  private Set<String> crowded(Map<String, PluginThreads.Use> use) {
    return use.entrySet().stream()
        .filter(entry -> entry.getValue().own() >= limits.manyThreads())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private void clear(Set<String> raised, Set<String> still, String alarm) {
    for (String plugin : Set.copyOf(raised)) {
      if (!still.contains(plugin)) {
        alarms.clear(alarm, plugin);
        raised.remove(plugin);
      }
    }
  }

  private void tell(Map<String, List<RunningCall>> stray, Map<String, PluginThreads.Use> use) {
    seen.addAll(stray.keySet());
    seen.addAll(use.keySet());
    Map<String, PluginLoad> loads = new TreeMap<>();
    for (String plugin : seen) {
      PluginThreads.Use own = use.getOrDefault(plugin, PluginThreads.Use.NONE);
      loads.put(
          plugin,
          new PluginLoad(
              plugin, own.own(), own.cpuSeconds(), stray.getOrDefault(plugin, List.of()).size()));
    }
    metrics.loads(List.copyOf(loads.values()));
  }

  /** Once per version, until somebody enables it again. */
  private void quarantine(String plugin, String why) {
    int at = plugin.lastIndexOf('@');
    if (at < 0) {
      return;
    }
    String id = plugin.substring(0, at);
    String version = plugin.substring(at + 1);
    try {
      plugins.quarantineIfEnabled(id, version, why);
    } catch (RuntimeException e) {
      LOG.warn("Could not quarantine {}; trying again soon: {}", plugin, e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
