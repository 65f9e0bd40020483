package dev.segue.server.steps;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.SecretMask;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Load;
import dev.segue.server.plugins.PluginLease;
import dev.segue.server.plugins.PluginZip;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the server adds to a step's own time, part by part, with a step that does nothing. */
public final class DispatchCosts {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int ROUNDS = 5;

  private DispatchCosts() {}

  /** A part of the way, and its time per step in the best of the rounds. */
  public record Cost(String part, double nanos) {}

  /** Something that is timed. */
  private interface Part {
    void run(int number) throws Exception;
  }

  /**
   * Measures.
   *
   * @param folder to work in
   */
  public static List<Cost> measure(Path folder) throws Exception {
    List<Cost> costs = new ArrayList<>();
    try (Database database =
            Database.open(TestPostgres.shared().migrated(), DatabaseSettings.defaults());
        InMemoryEngine engine = new InMemoryEngine();
        StepsFixture server =
            new StepsFixture(folder.resolve("server"), engine, database, StepsFixture.QUICK);
        PluginCalls calls = new PluginCalls()) {
      server.start();
      server.plugins.install(
          PluginZip.greeter("hello", "1.0.0").build(folder.resolve("hello.zip")), "bench");
      costs.add(
          timed(
              "lease of the version that serves",
              200_000,
              i -> server.plugins.lease("hello:greet:1", null).orElseThrow().close()));
      try (PluginLease lease = server.plugins.lease("hello:greet:1", null).orElseThrow()) {
        measure(server, lease, calls, costs);
      }
      journal(database, costs);
    }
    return costs;
  }

  private static void measure(
      StepsFixture server, PluginLease lease, PluginCalls calls, List<Cost> costs)
      throws Exception {
    StepBinding.Plain step = (StepBinding.Plain) lease.binding();
    StepInvoker invoker = new StepInvoker(calls, Clock.systemUTC());
    ClassLoader loader = lease.plugin().classLoader();
    ObjectNode input = JsonMapper.shared().createObjectNode().put("name", "Ada");
    Record bound = step.input().read(input);
    Record output = step.step().run(bound, null);
    costs.add(timed("input bound and checked", 200_000, i -> step.input().read(input)));
    costs.add(timed("output checked and written", 200_000, i -> step.output().write(output)));
    costs.add(timed("virtual thread of its own", 50_000, i -> call(calls, loader, Load.IO)));
    costs.add(timed("platform thread of its own", 5_000, i -> call(calls, loader, Load.CPU)));
    costs.add(
        timed(
            "whole call: bound, thread, context, written",
            50_000,
            i -> {
              Invocation how = server.contexts.outsideRuns(lease.plugin(), LIMIT, Optional.empty());
              if (!(invoker.run(step, input, how) instanceof StepResult.Completed<ObjectNode>)) {
                throw new IllegalStateException("the step failed");
              }
            }));
  }

  private static void call(PluginCalls calls, ClassLoader loader, Load load) {
    calls.call(loader, "bench", load, LIMIT, new Cancellation(), new SecretMask(), () -> 1);
  }

  private static void journal(Database database, List<Cost> costs) throws Exception {
    ObjectNode result = JsonMapper.shared().createObjectNode().put("text", "Hello Ada");
    String run = UUID.randomUUID().toString();
    try (StepJournal journal =
        new StepJournal(database, UUID.randomUUID(), Duration.ofSeconds(60))) {
      costs.add(
          timed(
              "journal: begun and done, one after the other",
              500,
              i -> {
                String key = run + "-" + UUID.randomUUID();
                EffectEntry entry = new EffectEntry(key, 1, i, "task", i, "hello:greet:1", "1.0.0");
                if (journal.begin(entry, InDoubt.ASK) instanceof EffectState.Begun begun) {
                  journal.done(key, begun.attempt(), result);
                }
              }));
    }
  }

  private static Cost timed(String name, int times, Part part) throws Exception {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        part.run(i);
      }
      best = Math.min(best, (double) (System.nanoTime() - start) / times);
    }
    return new Cost(name, best);
  }
}
