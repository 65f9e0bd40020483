package dev.segue.server.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.model.Feel;
import dev.segue.bpmn.model.InstalledSteps;
import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;
import dev.segue.server.events.EventBus;
import dev.segue.server.plugins.DeployedSteps.WorkflowPin;
import dev.segue.server.plugins.PluginPin;
import dev.segue.server.storage.Database;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Workflows hold on to plugin versions. */
class WorkflowPinsIT {

  private static final InstalledSteps STEPS =
      new InstalledSteps() {
        @Override
        public boolean serves(String stepType) {
          return stepType.startsWith("bakery:");
        }

        @Override
        public boolean serves(String stepType, VersionRange versions) {
          return versions.contains(SemanticVersion.of(1, 4, 0));
        }
      };

  @Test
  void aWorkflowIsPinnedByHandAndByItsPackage() throws Exception {
    try (EventBus events = new EventBus();
        Door door = new Door(events)) {
      Database database = door.door.database();
      workflow(database, "daily", 2, "bakery:bake:1", new String[] {"bakery@^1.2"});
      version(database, "daily", 1, "bakery:bake:1", new String[] {"bakery@1.0.0"});
      ApiClient admin = door.door.admin();

      JsonNode pinned =
          admin.patch("/workflows/daily", Map.of("pinned", Map.of("bakery", "1.4.0"))).expect(200);
      assertThat(pinned.path("pinned").path("bakery").asString()).isEqualTo("1.4.0");
      assertThat(pinned.path("paused").asBoolean()).isFalse();
      assertThat(door.workflows.pins())
          .containsExactlyInAnyOrder(
              new WorkflowPin("daily", PluginPin.parse("bakery@1.4.0"), true),
              new WorkflowPin("daily", PluginPin.parse("bakery@^1.2"), false));
      assertThat(
              admin
                  .patch("/workflows/daily", Map.of("pinned", Map.of("bakery", "2.0.0")))
                  .problem(422, "invalid"))
          .contains("No installed version of the plugin bakery in the range 2.0.0");
      assertThat(
              admin
                  .patch("/workflows/daily", Map.of("pinned", Map.of("bakery", "the good one")))
                  .problem(422, "invalid"))
          .contains("is no range of versions");
      admin.patch("/workflows/daily", Map.of()).problem(400, "bad-request");
      assertThat(admin.get("/audit?limit=20").expect(200).toString()).contains("workflow.pin");

      admin.patch("/workflows/daily", Map.of("pinned", Map.of(), "paused", true)).expect(200);
      assertThat(door.workflows.pins()).hasSize(1);
      assertThat(door.check("pinned: {bakery: 2.x}")).contains("unserved-pin", "workflow.yaml");
      assertThat(door.check("pinned: {bakery: 1.x}")).doesNotContain("unserved-pin");
    }
  }

  /** The API over workflows whose engine isn't asked. */
  private static final class Door implements AutoCloseable {

    private final TestDoor door;
    private Workflows workflows;

    Door(EventBus events) {
      Engine none =
          (Engine)
              Proxy.newProxyInstance(
                  Engine.class.getClassLoader(),
                  new Class<?>[] {Engine.class},
                  (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                  });
      door =
          TestDoor.open(
              (database, people) -> {
                workflows =
                    new Workflows(
                        new Workflows.Ground(database, none, events, people.audit(), new Feel()),
                        STEPS);
                return workflows.operations();
              });
    }

    String check(String settings) {
      return workflows
          .deployer()
          .check(
              WorkflowPackage.files(
                  Map.of(
                      "workflow.yaml",
                      settings.getBytes(StandardCharsets.UTF_8),
                      "a.bpmn",
                      DIAGRAM.getBytes(StandardCharsets.UTF_8))))
          .findings()
          .toString();
    }

    @Override
    public void close() throws Exception {
      door.close();
    }
  }

  private static final String DIAGRAM =
      """
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
        <bpmn:process id="baking" isExecutable="true">
          <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
          <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="bake"/>
          <bpmn:serviceTask id="bake"><bpmn:extensionElements>
            <zeebe:taskDefinition type="bakery:bake:1"/></bpmn:extensionElements>
            <bpmn:incoming>f1</bpmn:incoming></bpmn:serviceTask>
        </bpmn:process>
      </bpmn:definitions>
      """;

  private static void workflow(
      Database database, String id, int latest, String stepType, String[] pins) {
    database
        .jooq()
        .execute(
            "insert into segue.workflow (workflow_id, title, latest_version) values (?, ?, ?)",
            id,
            id,
            latest);
    version(database, id, latest, stepType, pins);
  }

  private static void version(
      Database database, String id, int version, String stepType, String[] pins) {
    database
        .jooq()
        .execute(
            """
            insert into segue.workflow_version (workflow_id, version, process_definition_key,
              package_hash, diagram, step_types, pins, deployed_by)
            values (?, ?, ?, ''::bytea, '', array[?], ?, 'ada')\
            """,
            id,
            version,
            (long) version,
            stepType,
            pins);
  }
}
