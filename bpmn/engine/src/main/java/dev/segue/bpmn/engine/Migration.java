package dev.segue.bpmn.engine;

import java.util.Map;

/**
 * Where a process instance moves to.
 *
 * @param elementIds for each active element's id, the id of its counterpart in the target
 */
public record Migration(long targetProcessDefinitionKey, Map<String, String> elementIds) {

  public Migration {
    elementIds = Map.copyOf(elementIds);
  }
}
