package dev.segue.server.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.StepKind;
import dev.segue.runtime.StepPolicy;
import dev.segue.runtime.StepType;
import dev.segue.sdk.Effect;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Load;
import dev.segue.server.connections.ConnectionUse.User;
import dev.segue.server.plugins.StepCatalog;
import dev.segue.server.plugins.StepOffer;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Which steps an administrator is told of before a connection is changed. */
class ConnectionUsersIT {

  private static final String LOOK = "bakery:look:1";

  @Test
  void findsTheStepsWhoseMappingsNameItOrComputeAName() {
    try (Database database =
        Database.open(TestPostgres.shared().migrated(), DatabaseSettings.defaults())) {
      workflow(database, "daily", 2);
      version(database, "daily", 1, "main");
      version(database, "daily", 2, "=&#34;main&#34;");
      run(database, "daily", 1);
      workflow(database, "computed", 1);
      version(database, "computed", 1, "=if x then &#34;main&#34; else &#34;other&#34;");
      workflow(database, "other", 1);
      version(database, "other", 1, "other");
      workflow(database, "past", 2);
      version(database, "past", 1, "main");
      version(database, "past", 2, "other");

      List<User> users = new ConnectionUsers(database, new OneStep()).of("main", "bakery:account");

      assertThat(users)
          .containsExactly(
              new User("computed", 1, "task", LOOK, "account", true, 0),
              new User("daily", 1, "task", LOOK, "account", false, 1),
              new User("daily", 2, "task", LOOK, "account", false, 0));
      assertThat(new ConnectionUsers(database, new OneStep()).of("main", "bakery:else")).isEmpty();
    }
  }

  private static void workflow(Database database, String id, int latest) {
    database
        .jooq()
        .execute(
            "insert into segue.workflow (workflow_id, title, latest_version) values (?, ?, ?)",
            id,
            id,
            latest);
  }

  private static void version(Database database, String id, int version, String source) {
    database
        .jooq()
        .execute(
            """
            insert into segue.workflow_version (workflow_id, version, process_definition_key,
              package_hash, diagram, step_types, deployed_by)
            values (?, ?, ?, ''::bytea, ?, array[?], 'ada')\
            """,
            id,
            version,
            (long) (id + version).hashCode(),
            diagram(id, source),
            LOOK);
  }

  private static void run(Database database, String workflow, int version) {
    database
        .jooq()
        .execute(
            """
            insert into segue.run (run_id, workflow_id, workflow_version, started_by, start_kind,
              state)
            values (?::uuid, ?, ?, 'ada', 'manual', 'started')\
            """,
            UUID.randomUUID(),
            workflow,
            version);
  }

  private static String diagram(String id, String source) {
    return """
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
      <bpmn:process id="%s" isExecutable="true">
        <bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
        <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="task" />
        <bpmn:serviceTask id="task">
          <bpmn:extensionElements>
            <zeebe:taskDefinition type="%s" />
            <zeebe:ioMapping>
              <zeebe:input source="%s" target="account" />
              <zeebe:input source="main" target="text" />
            </zeebe:ioMapping>
          </bpmn:extensionElements>
          <bpmn:incoming>a</bpmn:incoming>
        </bpmn:serviceTask>
      </bpmn:process>
    </bpmn:definitions>
    """
        .formatted(id, LOOK, source);
  }

  /** A catalog with one step. */
  private static final class OneStep implements StepCatalog {

    private final StepDescriptor look =
        new StepDescriptor(
            StepType.parse(LOOK),
            StepKind.STEP,
            "Look",
            "",
            "",
            "",
            new StepPolicy(Effect.READ, Load.IO, InDoubt.ASK, Duration.ofMinutes(1), true),
            JsonMapper.shared().createObjectNode(),
            JsonMapper.shared().createObjectNode(),
            Map.of("account", "bakery:account"),
            List.of());

    @Override
    public Optional<StepDescriptor> find(String stepType) {
      return stepType.equals(LOOK) ? Optional.of(look) : Optional.empty();
    }

    @Override
    public List<StepDescriptor> all() {
      return List.of(look);
    }

    @Override
    public Optional<StepOffer> offer(String stepType) {
      return Optional.empty();
    }

    @Override
    public List<StepOffer> offers() {
      return List.of();
    }

    @Override
    public Optional<String> pluginVersion(String stepType) {
      return Optional.empty();
    }

    @Override
    public List<String> inputFields(String stepType) {
      return List.of();
    }

    @Override
    public SortedSet<String> unserved(Collection<String> stepTypes) {
      return new TreeSet<>();
    }
  }
}
