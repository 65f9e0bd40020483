package dev.segue.server.workflows;

import dev.segue.server.forms.FormRules;
import java.util.List;
import org.jooq.DSLContext;
import tools.jackson.databind.node.ObjectNode;

/** What packages say of triggers, for those who know triggers. Thread-safe. */
public interface DeclaredTriggers {

  /** Nobody who knows them: what packages say of triggers is left alone. */
  DeclaredTriggers IGNORED =
      new DeclaredTriggers() {
        @Override
        public List<String> problems(
            String workflowId, FormRules startForm, List<ObjectNode> declared) {
          return List.of();
        }

        @Override
        public void deployed(
            DSLContext tx, String workflowId, List<ObjectNode> declared, String by) {}
      };

  /**
   * What is wrong with them.
   *
   * @param startForm what the package's start form asks of the variables that they bring
   * @param declared as the package has them
   * @return for people, one text per problem; empty if they can be deployed
   */
  List<String> problems(String workflowId, FormRules startForm, List<ObjectNode> declared);

  /**
   * The package is deployed, in that transaction: its triggers become what it says.
   *
   * @param declared without problems
   */
  void deployed(DSLContext tx, String workflowId, List<ObjectNode> declared, String by);
}
