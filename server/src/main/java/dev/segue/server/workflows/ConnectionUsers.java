package dev.segue.server.workflows;

import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.DiagramException;
import dev.segue.bpmn.model.DiagramLimits;
import dev.segue.bpmn.model.StepTask;
import dev.segue.bpmn.model.VariableMapping;
import dev.segue.runtime.StepDescriptor;
import dev.segue.server.connections.ConnectionUse;
import dev.segue.server.plugins.StepCatalog;
import dev.segue.server.storage.Database;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.Record;

/** Finds the steps that use a connection, by the input mappings of deployed diagrams. */
final class ConnectionUsers implements ConnectionUse {

  private static final String VERSIONS =
      """
      select * from (
        select v.workflow_id, v.version, v.diagram, v.version = w.latest_version as latest,
          (select count(*)::int from segue.run r
             left join history.run h using (process_instance_key)
           where r.workflow_id = v.workflow_id and r.workflow_version = v.version
             and r.state in ('starting', 'started') and coalesce(h.state, 'active') = 'active') as runs
        from segue.workflow_version v join segue.workflow w using (workflow_id)
        where v.step_types && ?::text[]) versions
      where latest or runs > 0
      order by workflow_id, version\
      """;

  private final Database database;
  private final StepCatalog steps;

  ConnectionUsers(Database database, StepCatalog steps) {
    this.database = database;
    this.steps = steps;
  }

  @Override
  public List<User> of(String connection, String type) {
    String[] stepTypes =
        steps.all().stream()
            .filter(step -> step.connections().containsValue(type))
            .map(step -> step.type().toString())
            .toArray(String[]::new);
    return database.jooq().fetch(VERSIONS, (Object) stepTypes).stream()
        .map(version -> users(version, connection, type))
        .flatMap(Collection::stream)
        .toList();
  }

  private List<User> users(Record version, String connection, String type) {
    List<User> users = new ArrayList<>();
    String workflow = version.get("workflow_id", String.class);
    for (StepTask task : tasks(version.get("diagram", String.class))) {
      Map<String, String> fields =
          steps.find(task.stepType()).map(StepDescriptor::connections).orElse(Map.of());
      if (!task.processId().equals(workflow)) {
        continue;
      }
      for (VariableMapping input : task.inputs()) {
        boolean computed = isComputed(input.source());
        if (type.equals(fields.get(input.target()))
            && (computed || name(input.source()).equals(connection))) {
          users.add(
              new User(
                  workflow,
                  version.get("version", Integer.class),
                  task.elementId(),
                  task.stepType(),
                  input.target(),
                  computed,
                  version.get("runs", Integer.class)));
        }
      }
    }
    return users;
  }

  private static boolean isComputed(String source) {
    return source.startsWith("=") && !source.strip().matches("=\\s*\"[^\"\\\\]*\"");
  }

  private static String name(String source) {
    return source.startsWith("=")
        ? source.substring(source.indexOf('"') + 1, source.lastIndexOf('"'))
        : source.strip();
  }

  private static List<StepTask> tasks(String xml) {
    try {
      return Diagram.parse("diagram", xml.getBytes(StandardCharsets.UTF_8), DiagramLimits.DEFAULT)
          .steps();
    } catch (DiagramException e) {
      return List.of();
    }
  }
}
