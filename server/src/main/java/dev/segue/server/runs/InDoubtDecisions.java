package dev.segue.server.runs;

import org.jooq.DSLContext;
import tools.jackson.databind.node.ObjectNode;

/** Takes a person's word on an effect of which nobody knows whether it happened. */
public interface InDoubtDecisions {

  /**
   * Notes the decision, in the caller's transaction. The job is offered again after it.
   *
   * @param happened true to go on as if the step had returned the result; false to do it again
   * @param result what the step would have returned; empty if it returns nothing
   * @param by the username
   */
  void decide(DSLContext tx, long jobKey, boolean happened, ObjectNode result, String by);
}
