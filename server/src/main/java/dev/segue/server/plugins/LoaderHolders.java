package dev.segue.server.plugins;

import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.RunningCall;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Finds what holds a class loader: threads by their context, class or stack; calls that never
 * ended; management beans. Shutdown hooks, thread-locals and static caches outside the plugin can't
 * be seen without opening the JDK to all code, plugins included; they are named as suspects.
 */
final class LoaderHolders {

  private static final int MOST_NAMED = 10;
  private static final int STACK_LINES = 4;

  private final PluginCalls calls;

  LoaderHolders(PluginCalls calls) {
    this.calls = calls;
  }

  /** Names what holds a loader, and what to do, in a sentence without a capital. */
  String of(ClassLoader loader) {
    List<String> found = new ArrayList<>();
    calls.running().stream()
        .filter(call -> call.thread().getContextClassLoader() == loader)
        .map(LoaderHolders::describe)
        .forEach(found::add);
    Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> belongs(entry.getKey(), entry.getValue(), loader))
        .filter(entry -> calls.running().stream().noneMatch(of(entry.getKey())))
        .map(LoaderHolders::describe)
        .sorted()
        .forEach(found::add);
    beans(loader).forEach(bean -> found.add("the management bean " + bean));
    if (found.isEmpty()) {
      return "no thread, call or management bean holds it, so look for a shutdown hook, a"
          + " thread-local on a thread outside the plugin, or a static cache outside the plugin;"
          + " end it in SeguePlugin.close()";
    }
    String named = String.join("; ", found.subList(0, Math.min(MOST_NAMED, found.size())));
    return named
        + (found.size() > MOST_NAMED ? "; and " + (found.size() - MOST_NAMED) + " more" : "")
        + "; end what the plugin began in SeguePlugin.close()";
  }

  private static Predicate<RunningCall> of(Thread thread) {
    return call -> call.thread() == thread;
  }

  private static String describe(RunningCall call) {
    return "the call %s, which heeds no interrupt, at %s"
        .formatted(call.name().purpose(), String.join(" < ", call.stackTop(STACK_LINES)));
  }

  private static String describe(Map.Entry<Thread, StackTraceElement[]> entry) {
    StackTraceElement[] stack = entry.getValue();
    return "%s '%s' at %s"
        .formatted(
            kind(entry.getKey(), stack),
            entry.getKey().getName(),
            Arrays.stream(stack)
                .limit(STACK_LINES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < ")));
  }

  private static String kind(Thread thread, StackTraceElement[] stack) {
    if (thread.getClass().getName().equals("java.util.TimerThread")) {
      return "the timer";
    }
    boolean pooled =
        Arrays.stream(stack)
            .map(StackTraceElement::getClassName)
            .anyMatch(
                name ->
                    name.equals("java.util.concurrent.ThreadPoolExecutor$Worker")
                        || name.equals("java.util.concurrent.ForkJoinWorkerThread"));
    return pooled ? "the thread pool's thread" : "the thread";
  }

  private static boolean belongs(Thread thread, StackTraceElement[] stack, ClassLoader loader) {
    return thread.getContextClassLoader() == loader
        || thread.getClass().getClassLoader() == loader
        || loader instanceof IsolatedClassLoader isolated
            && Arrays.stream(stack).anyMatch(frame -> isolated.hasDefined(frame.getClassName()));
  }

  private static List<String> beans(ClassLoader loader) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    List<String> found = new ArrayList<>();
    for (ObjectName name : server.queryNames(null, null)) {
      try {
        if (server.getClassLoaderFor(name) == loader) {
          found.add(name.toString());
        }
      } catch (InstanceNotFoundException goneMeanwhile) {
        continue;
      }
    }
    return found;
  }
}
