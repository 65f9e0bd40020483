package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.fixture.Bake;
import dev.segue.runtime.fixture.BakeryAccount;
import dev.segue.runtime.fixture.BakeryPlugin;
import dev.segue.runtime.fixture.RaisePrices;
import dev.segue.sdk.Catalog;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Effect;
import dev.segue.sdk.SeguePlugin;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PluginDescriptionTest {

  private final PluginCalls calls = new PluginCalls();

  @AfterEach
  void close() {
    calls.close();
  }

  @Test
  void aPluginIsDescribedInFull() throws Exception {
    PluginDescriptor plugin = describe(new BakeryPlugin()).descriptor();

    assertThat(plugin.steps())
        .extracting(step -> step.type().toString(), StepDescriptor::kind, StepDescriptor::effect)
        .containsExactly(
            tuple("bakery:bake:1", StepKind.STEP, Effect.WRITE),
            tuple("bakery:raise-prices.plan:2", StepKind.PLAN, Effect.READ),
            tuple("bakery:raise-prices.apply:2", StepKind.APPLY, Effect.WRITE));
    StepDescriptor bake = plugin.steps().getFirst();
    assertThat(bake.policy().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(bake.icon()).startsWith("<svg");
    assertThat(bake.inputFields()).containsExactly("how", "loaves", "bakery");
    assertThat(bake.connections()).isEqualTo(Map.of("bakery", "bakery:account"));
    assertThat(plugin.steps().get(1).outputSchema().at("/properties").propertyNames())
        .containsExactly("id", "hash", "count", "totals");
    assertThat(plugin.steps().get(2).inputFields()).containsExactly("changes");
    assertThat(plugin.connections())
        .extracting(ConnectionDescriptor::type, ConnectionDescriptor::secretFields)
        .containsExactly(tuple("bakery:account", List.of("token")));
  }

  @Test
  void descriptorsCannotBeAlteredThroughWhatTheyHandOut() throws Exception {
    StepDescriptor bake = describe(new BakeryPlugin()).descriptor().steps().getFirst();

    bake.inputSchema().removeAll();

    assertThat(bake.inputFields()).isNotEmpty();
  }

  @Test
  void everyBrokenRuleIsReportedAtOnce() {
    SeguePlugin broken =
        catalog -> {
          catalog.step(new Silent());
          catalog.step(new NoInfo());
          catalog.step(new OddNames());
          catalog.step(new Bake());
          catalog.step(new RaisePrices());
          catalog.step(new RaisePrices());
          catalog.connection(NoRecord.class);
        };

    assertThat(problems(broken))
        .anySatisfy(is("Silent", "has the effect WRITE but does not override simulate"))
        .anySatisfy(is("Silent$Output.thread", "is of the type java.lang.Thread"))
        .anySatisfy(is("NoInfo", "has no @StepInfo annotation"))
        .anySatisfy(is("OddNames", "step name 'Odd Name', which must match"))
        .anySatisfy(is("OddNames", "has the timeout 'PT25H'"))
        .anySatisfy(is("OddNames", "there is no file icons/missing.svg"))
        .anySatisfy(is("BakeryAccount", "is asked for by a step, but is not registered"))
        .anySatisfy(is("RaisePrices", "is a second step of the name 'raise-prices' and major 2"))
        .anySatisfy(is("NoRecord", "make it a record annotated with @ConnectionInfo"));
  }

  @Test
  void aPluginThatOffersNothingOrThrowsIsRefused() {
    assertThat(problems(catalog -> {})).anySatisfy(is("describe", "registers nothing"));
    assertThat(
            problems(
                catalog -> {
                  throw new IllegalStateException("no such file");
                }))
        .anySatisfy(is("describe", "IllegalStateException: no such file"));
    assertThatThrownBy(
            () ->
                PluginDescription.of("../x", BakeryPlugin::new, getClass().getClassLoader(), calls))
        .isInstanceOf(InvalidPluginException.class)
        .hasMessageContaining("must match [a-z0-9-]{2,40}");
  }

  @Test
  void theCatalogTakesNothingAfterDescribe() throws Exception {
    List<Catalog> leaked = new ArrayList<>();
    describe(
        catalog -> {
          catalog.connection(BakeryAccount.class);
          leaked.add(catalog);
        });

    assertThatThrownBy(() -> leaked.getFirst().step(new Bake()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void stepTypesAreReadAndRefused() {
    assertThat(StepType.parse("pos-square:sync-orders:1"))
        .isEqualTo(new StepType("pos-square", "sync-orders", 1));
    assertThat(StepType.parse("a1:b2.plan:12").toString()).isEqualTo("a1:b2.plan:12");
    for (String text : List.of("", "a:b:1", "ab:cd", "ab:cd:0", "ab:cd.redo:1", "Ab:cd:1")) {
      assertThatThrownBy(() -> StepType.parse(text)).hasMessageContaining("is no step type");
    }
  }

  private static Consumer<PluginProblem> is(String where, String message) {
    return problem -> {
      assertThat(problem.where()).endsWith(where);
      assertThat(problem.message()).contains(message);
    };
  }

  private List<PluginProblem> problems(SeguePlugin plugin) {
    InvalidPluginException refusal =
        catchThrowableOfType(InvalidPluginException.class, () -> describe(plugin));
    assertThat(refusal).isNotNull();
    return refusal.problems();
  }

  private PluginDescription describe(SeguePlugin plugin) throws InvalidPluginException {
    return PluginDescription.of("bakery", () -> plugin, getClass().getClassLoader(), calls);
  }

  @StepInfo(name = "silent", title = "Silent", effect = Effect.WRITE)
  static final class Silent implements Step<Silent.Input, Silent.Output> {
    record Input() {}

    record Output(Thread thread) {}

    @Override
    public Output run(Input input, StepContext context) {
      return new Output(Thread.currentThread());
    }
  }

  static final class NoInfo implements Step<Silent.Input, Silent.Input> {
    @Override
    public Silent.Input run(Silent.Input input, StepContext context) {
      return input;
    }
  }

  @StepInfo(
      name = "Odd Name",
      title = "Odd",
      effect = Effect.NONE,
      timeout = "PT25H",
      icon = "missing.svg")
  static final class OddNames implements Step<Silent.Input, Silent.Input> {
    @Override
    public Silent.Input run(Silent.Input input, StepContext context) {
      return input;
    }
  }

  static final class NoRecord implements ConnectionType {
    @Override
    public Set<String> hosts() {
      return Set.of();
    }

    @Override
    public ConnectionCheck test(StepContext context) {
      return new ConnectionCheck(true, "");
    }
  }
}
