package dev.segue.server.bench;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.Job;
import dev.segue.bpmn.engine.JobHandler;
import dev.segue.bpmn.engine.JobSubscription;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Stands between the engine and those who work on its jobs, bare or not, and takes the times of
 * each run: when its jobs arrived, and when their completions were sent and acknowledged.
 * Thread-safe.
 */
final class JobWatch {

  private final Map<Long, RunTrace> runs = new ConcurrentHashMap<>();
  private final Map<Long, RunTrace> jobs = new ConcurrentHashMap<>();
  private volatile Consumer<RunTrace> ended = trace -> {};

  /** From now on, this hears of each run whose last job's completion was acknowledged. */
  void onEnd(Consumer<RunTrace> listener) {
    ended = listener;
  }

  /** How many runs have begun and not ended. */
  int open() {
    return runs.size();
  }

  /** The same engine, watched. */
  Engine watching(Engine engine) {
    return (Engine)
        Proxy.newProxyInstance(
            JobWatch.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              try {
                return switch (method.getName()) {
                  case "serve" ->
                      engine.serve(
                          (JobSubscription) arguments[0], watching((JobHandler) arguments[1]));
                  case "completeAsync" ->
                      complete(engine, (Long) arguments[0], (String) arguments[1]);
                  default -> method.invoke(engine, arguments);
                };
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  private JobHandler watching(JobHandler handler) {
    return job -> {
      arrived(job);
      handler.handle(job);
    };
  }

  private void arrived(Job job) {
    RunTrace trace =
        runs.computeIfAbsent(
            job.processInstanceKey(),
            key -> new RunTrace(key, Workload.ofProcess(job.bpmnProcessId())));
    if (trace.arrived(Workload.stepOf(job.elementId()), job.key())) {
      jobs.put(job.key(), trace);
    }
  }

  private CompletionStage<Void> complete(Engine engine, long jobKey, String variables) {
    RunTrace trace = jobs.get(jobKey);
    if (trace == null) {
      return engine.completeAsync(jobKey, variables);
    }
    trace.sent(jobKey);
    return engine
        .completeAsync(jobKey, variables)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                acknowledged(jobKey, trace);
              }
            });
  }

  private void acknowledged(long jobKey, RunTrace trace) {
    jobs.remove(jobKey);
    if (trace.acknowledged(jobKey)) {
      runs.remove(trace.processInstanceKey());
      ended.accept(trace);
    }
  }
}
