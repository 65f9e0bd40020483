package dev.segue.bpmn.model.editor;

import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.StepKind;
import dev.segue.runtime.StepPolicy;
import dev.segue.runtime.StepType;
import dev.segue.runtime.schema.Binder;
import dev.segue.runtime.schema.Json;
import dev.segue.runtime.schema.Role;
import dev.segue.sdk.Effect;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Load;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Step descriptors of whatever records a test thinks of. */
final class Steps {

  static final String ICON =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path fill=\"#b85\" d=\"M1 7h6V4z\"/></svg>";

  private Steps() {}

  static ObjectNode input(Class<? extends Record> type) {
    return Binder.of(type, Role.INPUT, connection -> "bakery:account").schema();
  }

  static ObjectNode output(Class<? extends Record> type) {
    return Binder.of(type, Role.OUTPUT).schema();
  }

  static StepDescriptor step(ObjectNode input, ObjectNode output) {
    return step("bakery:count-loaves:1", StepKind.STEP, ICON, input, output);
  }

  static StepDescriptor step(
      String type, StepKind kind, String icon, ObjectNode input, ObjectNode output) {
    return new StepDescriptor(
        StepType.parse(type),
        kind,
        "Count loaves",
        "Counts what is left.",
        "",
        icon,
        new StepPolicy(Effect.READ, Load.IO, InDoubt.ASK, Duration.ofMinutes(5), true),
        input,
        output,
        Map.of(),
        List.of(Json.object()));
  }
}
