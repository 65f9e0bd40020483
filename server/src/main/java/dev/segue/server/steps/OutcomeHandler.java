package dev.segue.server.steps;

import dev.segue.bpmn.engine.Job;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.steps.JobPath.Trail;
import dev.segue.server.steps.ResultMapper.MappedError;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns the outcome of a job into what the engine is told, and into a line of the timeline. */
final class OutcomeHandler {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeHandler.class);
  private static final String BACK_OFF_HEADER = "retryBackoff";
  private static final int LONGEST_RESULT = 32_000;

  private final JobReporter reporter;
  private final ResultMapper mapper;
  private final AttemptLog timeline;
  private final PluginHost plugins;
  private final StepMetrics metrics;
  private final Duration retryPause;

  OutcomeHandler(
      JobReporter reporter,
      ResultMapper mapper,
      AttemptLog timeline,
      PluginHost plugins,
      StepMetrics metrics,
      Duration retryPause) {
    this.reporter = reporter;
    this.mapper = mapper;
    this.timeline = timeline;
    this.plugins = plugins;
    this.metrics = metrics;
    this.retryPause = retryPause;
  }

  void settle(Job job, Trail trail, Instant arrival, JobOutcome outcome) {
    switch (outcome) {
      case JobOutcome.Completed done -> completed(job, trail, arrival, done.result());
      case JobOutcome.BusinessError error ->
          error(job, trail, arrival, error.code(), error.message());
      case JobOutcome.Retry retry -> retry(job, trail, arrival, retry);
      case JobOutcome.Incident incident ->
          incident(job, trail, arrival, incident.message(), incident.failed());
      case JobOutcome.Later later -> {
        LOG.debug("Job {} of {} is put back: {}", job.key(), job.type(), later.message());
        reporter.fail(job, job.retries(), later.after(), later.message());
        count(job, "later", arrival);
      }
      case JobOutcome.Gone gone -> {
        LOG.info("Job {} of {} is let go: {}", job.key(), job.type(), gone.message());
        count(job, "gone", arrival);
      }
    }
  }

  private void completed(Job job, Trail trail, Instant arrival, ObjectNode result) {
    try {
      Optional<MappedError> error = mapper.errorOfResult(job.customHeaders(), result);
      if (error.isPresent()) {
        error(job, trail, arrival, error.get().code(), error.get().message());
        return;
      }
      reporter.complete(job, mapper.variables(job.customHeaders(), result));
      String text = result.toString();
      note(
          job,
          trail,
          arrival,
          "completed",
          "",
          text.length() > LONGEST_RESULT ? null : text,
          false);
    } catch (MappingException e) {
      incident(
          job,
          trail,
          arrival,
          "The step did its work, but its result can't be used: "
              + e.getMessage()
              + " Mend the task's headers; the step isn't repeated if it had an effect.",
          false);
    }
  }

  private void error(Job job, Trail trail, Instant arrival, String code, String message) {
    reporter.error(job, code, message);
    note(job, trail, arrival, "error", code + ": " + message, null, false);
  }

  private void retry(Job job, Trail trail, Instant arrival, JobOutcome.Retry retry) {
    Optional<MappedError> error = errorOfFailure(job, retry.message());
    if (error.isPresent()) {
      error(job, trail, arrival, error.get().code(), error.get().message());
      return;
    }
    int left = Math.max(0, job.retries() - 1);
    if (left == 0) {
      incident(job, trail, arrival, retry.message(), retry.failed());
      return;
    }
    Duration pause = retry.after().orElseGet(() -> backOff(job));
    reporter.fail(job, left, pause, retry.message());
    note(job, trail, arrival, "retry", retry.message(), null, retry.failed());
  }

  /** An expression that fails must not hide the failure it was meant for. */
  private Optional<MappedError> errorOfFailure(Job job, String message) {
    try {
      return mapper.errorOfFailure(job.customHeaders(), "", message);
    } catch (MappingException e) {
      LOG.warn("Job {} of {}: {}", job.key(), job.type(), e.getMessage());
      return Optional.empty();
    }
  }

  private void incident(Job job, Trail trail, Instant arrival, String message, boolean failed) {
    String subject =
        trail.stepTitle().isEmpty()
            ? "The step " + job.type()
            : "The step '" + trail.stepTitle() + "' (" + job.type() + ")";
    String advice =
        message.contains("resolve this incident")
            ? ""
            : " Mend the cause, then resolve this incident to try again.";
    reporter.fail(
        job,
        0,
        Duration.ZERO,
        subject + " stopped at '" + job.elementId() + "': " + message + advice);
    note(job, trail, arrival, "incident", message, null, failed);
  }

  private Duration backOff(Job job) {
    String header = job.customHeaders().get(BACK_OFF_HEADER);
    if (header == null || header.isBlank()) {
      return retryPause;
    }
    try {
      Duration pause = Duration.parse(header.strip());
      return pause.isNegative() ? retryPause : pause;
    } catch (DateTimeParseException e) {
      LOG.warn(
          "The task {} has the header {} '{}', which is no duration such as PT10S; taking {}",
          job.elementId(),
          BACK_OFF_HEADER,
          header,
          retryPause);
      return retryPause;
    }
  }

  private void note(
      Job job,
      Trail trail,
      Instant arrival,
      String outcome,
      String message,
      @Nullable String result,
      boolean failed) {
    Instant now = Instant.now();
    timeline.add(
        new AttemptRow(
            job.processInstanceKey(),
            job.elementInstanceKey(),
            job.elementId(),
            job.key(),
            job.type(),
            trail.pluginVersion(),
            arrival,
            now,
            outcome,
            message,
            result,
            failed));
    if (!trail.pluginVersion().isEmpty()) {
      plugins.worked(job.type(), trail.pluginVersion(), job.key(), failed);
    }
    metrics.worked(job.type(), outcome, Duration.between(arrival, now));
  }

  private void count(Job job, String outcome, Instant arrival) {
    metrics.worked(job.type(), outcome, Duration.between(arrival, Instant.now()));
  }
}
