package dev.segue.runtime.invoke;

import dev.segue.runtime.ConnectionBinding;
import dev.segue.runtime.MetricBinding;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.RefusedException;
import dev.segue.runtime.call.SecretMask;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.changes.ContentHash;
import dev.segue.runtime.schema.Binder;
import dev.segue.runtime.schema.BindingException;
import dev.segue.runtime.schema.Bound;
import dev.segue.runtime.schema.FieldProblem;
import dev.segue.runtime.schema.Json;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChoiceSource;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.ConnectionType.ConnectionCheck;
import dev.segue.sdk.Load;
import dev.segue.sdk.MetricSource.MetricPoint;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.Undo;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs what a plugin offers on the caller's thread, the same way for server, testkit and verifier.
 * Never throws what a plugin throws. Thread-safe.
 */
public final class StepInvoker {

  private final PluginCalls calls;
  private final Clock clock;

  /**
   * Makes an invoker.
   *
   * @param calls enters the plugins' code
   * @param clock tells the deadlines
   */
  public StepInvoker(PluginCalls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Runs a step, or has it simulate.
   *
   * @param step the step
   * @param input the variables; those that the input doesn't declare are ignored
   * @param how how to call it
   * @return the output, checked against its schema
   */
  public StepResult<ObjectNode> run(StepBinding.Plain step, JsonNode input, Invocation how) {
    boolean readOnly = !step.descriptor().effect().isNoticeable();
    return call(
        step.plugin(),
        Purpose.of(step.descriptor()),
        how,
        scope -> {
          Bound<Record> bound = scope.bind(step.input(), input);
          StepContext context = scope.context(readOnly);
          Record output =
              how.simulated()
                  ? step.step().simulate(bound.value(), context)
                  : step.step().run(bound.value(), context);
          return write(step.output(), output);
        });
  }

  /**
   * Plans changes; live and simulated runs do the same here.
   *
   * @param step the change step
   * @param input the variables; those that the input doesn't declare are ignored
   * @param how how to call it
   * @return the changes with their hash
   */
  public StepResult<Planned> plan(StepBinding.Changing step, JsonNode input, Invocation how) {
    return call(
        step.plugin(),
        Purpose.of(step.plan()),
        how,
        scope -> {
          Bound<Record> bound = scope.bind(step.input(), input);
          ChangeSet changes = notNull(step.step().plan(bound.value(), scope.context(true)));
          Map<String, String> used = new LinkedHashMap<>();
          bound
              .connections()
              .forEach(connection -> used.put(connection.field(), connection.name()));
          return new Planned(changes, used, ContentHash.of(changes, used));
        });
  }

  /**
   * Checks changes that a person has edited.
   *
   * @param step the change step
   * @param changes the edited list
   * @param connections as in {@link Planned#connections}
   * @param how how to call it
   * @return the problems; empty if the list may be applied
   */
  public StepResult<List<ChangeProblem>> check(
      StepBinding.Changing step,
      List<Change> changes,
      Map<String, String> connections,
      Invocation how) {
    return call(
        step.plugin(),
        Purpose.of(step.plan(), "check"),
        how,
        scope -> {
          scope.resolve(step, connections);
          return List.copyOf(step.step().check(List.copyOf(changes), scope.context(true)));
        });
  }

  /**
   * Looks for changes of an approved list that no longer fit, before the first is applied.
   *
   * @param step the change step
   * @param changes the approved list
   * @param connections as in {@link Planned#connections}
   * @param how how to call it
   * @return one for each change that no longer fits
   */
  public StepResult<List<ChangeProblem>> outdated(
      StepBinding.Changing step,
      List<Change> changes,
      Map<String, String> connections,
      Invocation how) {
    return call(
        step.plugin(),
        Purpose.of(step.apply(), "outdated"),
        how,
        scope -> {
          scope.resolve(step, connections);
          return List.copyOf(step.step().outdated(List.copyOf(changes), scope.context(true)));
        });
  }

  /**
   * Applies one change. The caller has made sure that it is approved, and journals the attempt.
   *
   * @param step the change step
   * @param change the approved change
   * @param key identifies the change for ever
   * @param connections as in {@link Planned#connections}
   * @param how how to call it; a change that is stale by its {@code validUntil} is not applied
   * @return what became of it
   * @throws IllegalArgumentException if {@code how} is simulated: nothing is applied in such runs
   */
  public StepResult<ChangeOutcome> apply(
      StepBinding.Changing step,
      Change change,
      String key,
      Map<String, String> connections,
      Invocation how) {
    if (how.simulated()) {
      throw new IllegalArgumentException("a simulated run applies no change: " + key);
    }
    return call(
        step.plugin(),
        Purpose.of(step.apply()),
        how,
        scope -> {
          scope.resolve(step, connections);
          StepContext context = scope.context(false);
          if (change.validUntil() != null && !context.now().isBefore(change.validUntil())) {
            return new ChangeOutcome.Stale("The change was valid until " + change.validUntil());
          }
          return notNull(step.step().apply(change, key, context));
        });
  }

  /**
   * Asks whether a change was applied.
   *
   * @param step the change step
   * @param change the change
   * @param key as given to {@code apply}
   * @param connections as in {@link Planned#connections}
   * @param how how to call it
   * @return what is known
   */
  public StepResult<PastOutcome> outcome(
      StepBinding.Changing step,
      Change change,
      String key,
      Map<String, String> connections,
      Invocation how) {
    return call(
        step.plugin(),
        Purpose.of(step.apply(), "outcome"),
        how,
        scope -> {
          scope.resolve(step, connections);
          return notNull(step.step().outcome(change, key, scope.context(true)));
        });
  }

  /**
   * Asks for the change that takes an applied one back.
   *
   * @param step the change step
   * @param change the change
   * @param applied what {@code apply} said of it
   * @param how how to call it; makes no context
   * @return the inverse, or why there is none
   */
  public StepResult<Undo> inverse(
      StepBinding.Changing step, Change change, ChangeOutcome.Applied applied, Invocation how) {
    return call(
        step.plugin(),
        Purpose.of(step.apply(), "inverse"),
        how,
        scope -> notNull(step.step().inverse(change, applied)));
  }

  /**
   * Asks for the output of a change step.
   *
   * @param step the change step
   * @param outcomes one per change, in order
   * @param how how to call it; makes no context
   * @return the output, checked against its schema
   */
  public StepResult<ObjectNode> result(
      StepBinding.Changing step, List<ChangeResult> outcomes, Invocation how) {
    return call(
        step.plugin(),
        Purpose.of(step.apply(), "result"),
        how,
        scope -> write(step.output(), step.step().result(List.copyOf(outcomes))));
  }

  /**
   * Tries a connection.
   *
   * @param plugin the plugin that declares its type
   * @param type the connection type
   * @param name the connection's name
   * @param settings with all fields, secrets included
   * @param how how to call it
   * @return what was found
   */
  public StepResult<ConnectionCheck> test(
      PluginDescription plugin,
      ConnectionBinding type,
      String name,
      JsonNode settings,
      Invocation how) {
    return call(
        plugin,
        new Purpose("test of a connection", Load.IO),
        how,
        scope -> {
          ConnectionType account = scope.account(type, settings);
          scope.add("", name, account);
          return notNull(account.test(scope.context(true)));
        });
  }

  /**
   * Asks for the choices of an input field at edit time.
   *
   * @param step the step
   * @param field a field for which {@link StepBinding#choices} has a source
   * @param filledIn what the person has filled in so far; the names of connections are resolved
   * @param how how to call it
   * @return at most 1,000 choices
   */
  public StepResult<List<ChoiceSource.Choice>> choices(
      StepBinding step, String field, ObjectNode filledIn, Invocation how) {
    ChoiceSource source = step.choices().get(field);
    if (source == null) {
      throw new IllegalArgumentException("the field '" + field + "' has no source of choices");
    }
    return call(
        step.plugin(),
        new Purpose("choices of " + field, Load.IO),
        how,
        scope -> {
          scope.resolveWhereNamed(step, filledIn);
          Map<String, Object> values = Json.toPlain(filledIn);
          return source.choices(values, scope.context(true)).stream().limit(1_000).toList();
        });
  }

  /**
   * Reads the points of a metric.
   *
   * @param plugin the plugin that offers it
   * @param metric the metric
   * @param connection the name of the connection to read from; empty for none
   * @param period which points
   * @param most how many points to read at most
   * @param how how to call it
   * @return the points in the plugin's order, and whether there were more
   */
  public StepResult<MetricPoints> points(
      PluginDescription plugin,
      MetricBinding metric,
      Optional<String> connection,
      MetricPoints.Period period,
      int most,
      Invocation how) {
    return call(
        plugin,
        new Purpose("metric " + metric.info().name(), Load.IO),
        how,
        scope -> {
          Optional<Class<? extends ConnectionType>> type = metric.source().connection();
          if (type.isPresent()) {
            scope.resolve("connection", connection.orElse(""), type.get());
          }
          try (Stream<MetricPoint> points =
              notNull(
                  metric
                      .source()
                      .read(
                          metric.info().name(), period.from(), period.to(), scope.context(true)))) {
            List<MetricPoint> read = points.limit(most + 1L).toList();
            boolean more = read.size() > most;
            return new MetricPoints(more ? read.subList(0, most) : read, more);
          }
        });
  }

  private interface Body<T> {
    T run(Scope scope) throws Exception;
  }

  /** What is called, and on what kind of thread. The step types' own calls bear their name. */
  private record Purpose(String text, Load load) {

    static Purpose of(StepDescriptor step) {
      return new Purpose(step.type().toString(), step.policy().load());
    }

    static Purpose of(StepDescriptor step, String part) {
      return new Purpose(step.type() + " " + part, step.policy().load());
    }
  }

  private <T> StepResult<T> call(
      PluginDescription plugin, Purpose purpose, Invocation how, Body<T> body) {
    SecretMask mask = new SecretMask();
    Scope scope = new Scope(plugin, how, mask, clock.instant().plus(how.limit()));
    StepResult<T> result =
        calls.call(
            plugin.classLoader(),
            purpose.text(),
            purpose.load(),
            how.limit(),
            how.cancellation(),
            mask,
            () -> body.run(scope));
    how.observer().ended(scope.connectionNames(), result);
    return result;
  }

  private static ObjectNode write(Binder<Record> binder, @Nullable Record output) {
    try {
      return binder.write(notNull(output));
    } catch (BindingException e) {
      throw new RefusedException(new StepFailure.InvalidOutput(e.problems()));
    }
  }

  private static <T> T notNull(@Nullable T value) {
    if (value == null) {
      throw new RefusedException(
          new StepFailure.InvalidOutput(List.of(new FieldProblem("", "is null"))));
    }
    return value;
  }
}
