package dev.segue.server.steps;

import dev.segue.runtime.call.RunningCall;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tells which platform threads belong to which plugin version, and what they have computed. A
 * thread belongs to the plugin whose class loader is its context loader, which threads inherit from
 * those that make them. Virtual threads don't show up, for the JVM lists them nowhere. Used by one
 * thread.
 */
final class PluginThreads {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ThreadMXBean beans = ManagementFactory.getThreadMXBean();

  /** What the threads that have ended had computed until the last look, by plugin. */
  private final Map<String, Double> before = new HashMap<>();

  /** By the threads' ids, since a thread would keep its plugin in memory. */
  private Map<Long, Seen> alive = Map.of();

  private record Seen(String plugin, double cpuSeconds) {}

  /**
   * The threads of one plugin version.
   *
   * @param own how many it has itself, those of its running calls not counted
   * @param example the name of one of them; empty if there is none
   * @param cpuSeconds what they and the calls have computed since the server started
   */
  record Use(int own, String example, double cpuSeconds) {

    static final Use NONE = new Use(0, "", 0);

    private static Use sum(Use one, Use other) {
      return new Use(
          one.own + other.own,
          one.example.isEmpty() ? other.example : one.example,
          one.cpuSeconds + other.cpuSeconds);
    }
  }

  Map<String, Use> look(List<RunningCall> calls) {
    Set<Thread> ofCalls = new HashSet<>();
    calls.forEach(call -> ofCalls.add(call.thread()));
    Map<Long, Seen> now = new HashMap<>();
    Map<String, Use> use = new HashMap<>();
    for (Thread thread : all()) {
      ClassLoader loader = thread.getContextClassLoader();
      String plugin = loader == null ? null : loader.getName();
      if (plugin != null && plugin.indexOf('@') > 0) {
        double cpu = Math.max(0, beans.getThreadCpuTime(thread.threadId())) / NANOS;
        now.put(thread.threadId(), new Seen(plugin, cpu));
        use.merge(
            plugin,
            ofCalls.contains(thread) ? new Use(0, "", cpu) : new Use(1, thread.getName(), cpu),
            Use::sum);
      }
    }
    alive.forEach(
        (thread, seen) -> {
          if (!now.containsKey(thread)) {
            before.merge(seen.plugin(), seen.cpuSeconds(), Double::sum);
          }
        });
    alive = now;
    before.forEach((plugin, cpu) -> use.merge(plugin, new Use(0, "", cpu), Use::sum));
    return use;
  }

  private static Thread[] all() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] found = new Thread[root.activeCount() + 64];
    int count = root.enumerate(found, true);
    while (count == found.length) {
      found = new Thread[2 * found.length];
      count = root.enumerate(found, true);
    }
    return Arrays.copyOf(found, count);
  }
}
