package dev.segue.runtime;

import dev.segue.runtime.changes.ApplyInput;
import dev.segue.runtime.changes.ChangeSetReference;
import dev.segue.runtime.changes.UndoInput;
import dev.segue.runtime.schema.Binder;
import dev.segue.runtime.schema.BindingException;
import dev.segue.runtime.schema.Role;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.ChoiceSource;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Load;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepInfo;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes bindings and descriptors of registered steps. */
final class StepBinder {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final PluginCatalog catalog;
  private final ClassLoader loader;

  StepBinder(PluginCatalog catalog, ClassLoader loader) {
    this.catalog = catalog;
    this.loader = loader;
  }

  /** Null if a problem has been reported. */
  @Nullable Function<PluginDescription, StepBinding> bind(StepRegistration registration) {
    Object step = registration.step();
    String where = registration.where();
    StepInfo info = registration.info();
    Class<?> generic = step instanceof ChangeStep<?, ?> ? ChangeStep.class : Step.class;
    Binder<Record> input = binder(step, generic, 0, Role.INPUT);
    Binder<Record> output = binder(step, generic, 1, Role.OUTPUT);
    catalog.checkName(where, "step", info.name());
    catalog.checkTitle(where, info.title());
    Duration timeout = timeout(info.timeout(), where);
    String icon = Icons.read(loader, info.icon(), message -> catalog.problem(where, message));
    if (input == null || output == null || !info.name().matches("[a-z0-9-]{2,40}")) {
      return null;
    }
    if (!info.interruptible() && info.load() != Load.CPU) {
      catalog.problem(where, "is not interruptible, so it needs load = CPU");
    }
    Map<String, ChoiceSource> choices = choices(input, where);
    StepPolicy policy =
        new StepPolicy(info.effect(), info.load(), info.inDoubt(), timeout, info.interruptible());
    Shared shared = new Shared(info, icon, policy, input, where);
    return step instanceof ChangeStep<?, ?> change
        ? changing(shared, change, output, choices)
        : plain(shared, (Step<?, ?>) step, output, choices);
  }

  private record Shared(
      StepInfo info, String icon, StepPolicy policy, Binder<Record> input, String where) {}

  private Function<PluginDescription, StepBinding> plain(
      Shared shared, Step<?, ?> step, Binder<Record> output, Map<String, ChoiceSource> choices) {
    Step<Record, Record> erased = erased(step);
    StepDescriptor descriptor =
        describe(shared, StepKind.STEP, "", output.schema(), examples(erased::examples, shared));
    return plugin ->
        new StepBinding.Plain(plugin, descriptor, erased, shared.input(), output, choices);
  }

  private Function<PluginDescription, StepBinding> changing(
      Shared shared,
      ChangeStep<?, ?> step,
      Binder<Record> output,
      Map<String, ChoiceSource> choices) {
    ChangeStep<Record, Record> erased = erased(step);
    StepPolicy reads =
        new StepPolicy(
            Effect.READ,
            shared.policy().load(),
            shared.policy().inDoubt(),
            shared.policy().timeout(),
            shared.policy().interruptible());
    Shared planned =
        new Shared(shared.info(), shared.icon(), reads, shared.input(), shared.where());
    StepDescriptor plan =
        describe(
            planned,
            StepKind.PLAN,
            "plan",
            Binder.of(ChangeSetReference.class, Role.OUTPUT).schema(),
            examples(erased::examples, shared));
    StepDescriptor apply = describe(shared, StepKind.APPLY, "apply", output.schema(), List.of());
    StepDescriptor undo =
        shared.info().effect() != Effect.SEND && StepRegistration.undoes(step)
            ? describe(
                planned,
                StepKind.UNDO,
                "undo",
                Binder.of(ChangeSetReference.class, Role.OUTPUT).schema(),
                List.of())
            : null;
    return plugin ->
        new StepBinding.Changing(
            plugin, plan, apply, undo, erased, shared.input(), output, choices);
  }

  private StepDescriptor describe(
      Shared shared, StepKind kind, String half, ObjectNode output, List<ObjectNode> examples) {
    StepInfo info = shared.info();
    ObjectNode ofSet =
        switch (kind) {
          case APPLY -> Binder.of(ApplyInput.class, Role.INPUT).schema();
          case UNDO -> Binder.of(UndoInput.class, Role.INPUT).schema();
          case STEP, PLAN -> null;
        };
    return new StepDescriptor(
        new StepType(
            catalog.plugin(),
            half.isEmpty() ? info.name() : info.name() + "." + half,
            info.major()),
        kind,
        half.isEmpty() ? info.title() : info.title() + " (" + half + ")",
        info.description(),
        info.category(),
        shared.icon(),
        shared.policy(),
        ofSet == null ? shared.input().schema() : ofSet,
        output,
        ofSet == null ? shared.input().connectionFields() : Map.of(),
        examples);
  }

  /** Sample inputs as JSON; a connection in one stands as the name of its type. */
  private List<ObjectNode> examples(Supplier<List<Record>> examples, Shared shared) {
    List<ObjectNode> written = new ArrayList<>();
    for (Record example : examples.get()) {
      try {
        written.add(shared.input().write(example, this::exampleName));
      } catch (BindingException e) {
        catalog.problem(
            shared.where(), "has an example that breaks its own schema: " + e.getMessage());
      }
    }
    return written;
  }

  private String exampleName(ConnectionType account) {
    ConnectionBinding binding = catalog.connections().get(account.getClass());
    return binding == null ? "example" : binding.descriptor().name();
  }

  private Map<String, ChoiceSource> choices(Binder<Record> input, String where) {
    Map<String, ChoiceSource> sources = new LinkedHashMap<>();
    input
        .choiceSources()
        .forEach(
            (field, type) -> {
              try {
                sources.put(field, type.getConstructor().newInstance());
              } catch (ReflectiveOperationException e) {
                catalog.problem(
                    where,
                    "takes the choices of '"
                        + field
                        + "' from "
                        + type.getName()
                        + ", which needs to be public with a public constructor without"
                        + " parameters");
              }
            });
    return Map.copyOf(sources);
  }

  private Duration timeout(String text, String where) {
    try {
      Duration timeout = Duration.parse(text);
      if (timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(LONGEST) <= 0) {
        return timeout;
      }
    } catch (DateTimeException e) {
      // Said below, together with durations out of range.
    }
    catalog.problem(
        where, "has the timeout '" + text + "'; write one from PT1S to PT24H, such as PT5M");
    return LONGEST;
  }

  @SuppressWarnings("unchecked")
  private @Nullable Binder<Record> binder(Object step, Class<?> generic, int index, Role role) {
    Class<? extends Record> type = TypeArguments.recordOf(step.getClass(), generic, index);
    if (type == null) {
      catalog.problem(
          step.getClass().getName(),
          "does not name its "
              + (index == 0 ? "input" : "output")
              + " record; write implements "
              + generic.getSimpleName()
              + "<Input, Output> with two records");
      return null;
    }
    return (Binder<Record>) catalog.binder(type, role);
  }

  /** Safe because the binders, made from the same type arguments, only hand over these records. */
  @SuppressWarnings("unchecked")
  private static Step<Record, Record> erased(Step<?, ?> step) {
    return (Step<Record, Record>) step;
  }

  @SuppressWarnings("unchecked")
  private static ChangeStep<Record, Record> erased(ChangeStep<?, ?> step) {
    return (ChangeStep<Record, Record>) step;
  }
}
