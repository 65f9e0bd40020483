package dev.segue.server.steps;

import dev.segue.bpmn.engine.BpmnError;
import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.FailCommand;
import dev.segue.bpmn.engine.Job;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the engine how jobs ended. It doesn't wait for answers: what the engine doesn't hear, it
 * asks again by offering the job anew.
 */
final class JobReporter {

  private static final Logger LOG = LoggerFactory.getLogger(JobReporter.class);
  private static final String NO_VARIABLES = "{}";
  private static final String ERROR_VARIABLE = "stepError";
  private static final int LONGEST_MESSAGE = 8_000;

  private final Engine engine;
  private final AtomicInteger unanswered = new AtomicInteger();

  JobReporter(Engine engine) {
    this.engine = engine;
  }

  void complete(Job job, ObjectNode variables) {
    unanswered.incrementAndGet();
    engine
        .completeAsync(job.key(), variables.toString())
        .whenComplete(
            (done, failure) -> {
              unanswered.decrementAndGet();
              if (failure != null) {
                notCompleted(job, failure);
              }
            });
  }

  /** What can't be completed as it is must not come back for ever. */
  private void notCompleted(Job job, Throwable failure) {
    EngineException.Kind kind = kind(failure);
    if (kind == EngineException.Kind.TOO_LARGE || kind == EngineException.Kind.INVALID) {
      fail(
          job,
          0,
          Duration.ZERO,
          "The step's result doesn't fit into the run: %s Put big results into data or artifacts and map a reference to them."
              .formatted(failure.getMessage()));
    } else {
      notHeard(job, "completed", failure);
    }
  }

  void fail(Job job, int retries, Duration backOff, String message) {
    unanswered.incrementAndGet();
    String text = message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
    engine
        .failAsync(job.key(), new FailCommand(retries, backOff, text, NO_VARIABLES))
        .whenComplete(
            (done, failure) -> {
              unanswered.decrementAndGet();
              if (failure != null) {
                notHeard(job, "failed", failure);
              }
            });
  }

  /**
   * Ends it by a BPMN error. The event that catches it has code and message as a variable of its
   * own, which an output mapping can take over into the run.
   */
  void error(Job job, String code, String message) {
    String text = message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
    ObjectNode variables = JsonMapper.shared().createObjectNode();
    variables.putObject(ERROR_VARIABLE).put("code", code).put("message", text);
    try {
      engine.throwError(job.key(), new BpmnError(code, text, variables.toString()));
    } catch (EngineException e) {
      notHeard(job, "ended by the error " + code, e);
    }
  }

  /** A job that is gone was completed before, or its run was cancelled: either way it is over. */
  private static void notHeard(Job job, String what, Throwable failure) {
    if (kind(failure) == EngineException.Kind.NOT_FOUND) {
      LOG.debug("Job {} is gone; it would have been {}", job.key(), what);
    } else {
      LOG.warn(
          "The engine wasn't told that job {} of {} is {}; it will offer the job again: {}",
          job.key(),
          job.type(),
          what,
          failure.getMessage());
    }
  }

  private static EngineException.Kind kind(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof EngineException known) {
        return known.kind();
      }
      cause = cause.getCause();
    }
    return EngineException.Kind.INTERNAL;
  }

  /** How many commands are on their way. */
  int unanswered() {
    return unanswered.get();
  }
}
