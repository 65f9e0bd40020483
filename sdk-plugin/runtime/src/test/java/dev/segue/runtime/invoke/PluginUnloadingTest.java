package dev.segue.runtime.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepType;
import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.fixture.FixtureContext;
import dev.segue.runtime.fixture.PluginSpace;
import dev.segue.runtime.schema.Json;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a host does with a plugin, nothing in here keeps the plugin's classes afterwards. */
class PluginUnloadingTest {

  private final List<Object> kept = new ArrayList<>();

  @Test
  void theClassLoaderIsCollectedAfterUseThoughDescriptorsAndResultsAreKept() throws Exception {
    try (PluginCalls calls = new PluginCalls()) {
      WeakReference<ClassLoader> loader = use(calls);

      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                System.gc();
                return loader.get() == null;
              });
      assertThat(kept).hasSize(6);
    }
  }

  private WeakReference<ClassLoader> use(PluginCalls calls) throws Exception {
    try (PluginSpace space = new PluginSpace()) {
      PluginDescription plugin = space.describe(calls);
      kept.add(plugin.descriptor());
      StepInvoker invoker = new StepInvoker(calls, Clock.systemUTC());
      StepBinding.Plain bake =
          (StepBinding.Plain) plugin.step(StepType.parse("bakery:bake:1")).orElseThrow();
      for (String how : List.of("well", "error", "fault", "negative")) {
        kept.add(
            invoker.run(
                bake,
                Json.object().put("how", how).put("loaves", 1).put("bakery", "main"),
                invocation(plugin)));
      }
      StepBinding.Changing raise =
          (StepBinding.Changing)
              plugin.step(StepType.parse("bakery:raise-prices.plan:2")).orElseThrow();
      StepResult<Planned> planned =
          invoker.plan(raise, Json.parse("{\"to\":4,\"bakery\":\"main\"}"), invocation(plugin));
      kept.add(planned);
      return new WeakReference<>(space);
    }
  }

  private static Invocation invocation(PluginDescription plugin) {
    return new Invocation(
        Duration.ofSeconds(30),
        false,
        (name, type) ->
            plugin.connection(type).bind(Json.parse("{\"host\":\"h\",\"token\":\"secret\"}")),
        attempt -> new FixtureContext(attempt, Instant.EPOCH),
        new Cancellation());
  }
}
