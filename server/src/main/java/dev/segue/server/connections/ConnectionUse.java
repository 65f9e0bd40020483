package dev.segue.server.connections;

import java.util.List;

/** Tells which steps of workflows use a connection; told by those who deploy workflows. */
@FunctionalInterface
public interface ConnectionUse {

  /**
   * Finds the steps of newest versions, and of versions that still run.
   *
   * @param connection its name
   * @param type its type
   * @return ordered by workflow, version and element
   */
  List<User> of(String connection, String type);

  /**
   * A step that uses it.
   *
   * @param element the task's id in the diagram
   * @param field the input field that names the connection
   * @param computed whether the diagram computes the name, so that it may be another connection too
   * @param runs how many runs of this version are active
   */
  record User(
      String workflow,
      int version,
      String element,
      String stepType,
      String field,
      boolean computed,
      int runs) {}
}
