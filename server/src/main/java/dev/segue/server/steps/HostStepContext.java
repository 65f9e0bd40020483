package dev.segue.server.steps;

import dev.segue.runtime.invoke.Attempt;
import dev.segue.sdk.Artifacts;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepData;
import dev.segue.sdk.StepHttp;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;

/** What the host offers to one attempt of a step, put together before the attempt. */
final class HostStepContext implements StepContext {

  private static final int LONGEST_TEXT = 200;

  private final String idempotencyKey;
  private final RunContext run;
  private final String elementId;
  private final Attempt attempt;
  private final Instant now;
  private final Parts parts;

  /** What is made for the attempt. */
  record Parts(
      Logger log, StepHttp http, StepData data, Artifacts artifacts, ProgressListener progress) {}

  HostStepContext(
      String idempotencyKey,
      RunContext run,
      String elementId,
      Attempt attempt,
      Instant now,
      Parts parts) {
    this.idempotencyKey = idempotencyKey;
    this.run = run;
    this.elementId = elementId;
    this.attempt = attempt;
    this.now = now;
    this.parts = parts;
  }

  @Override
  public String idempotencyKey() {
    return idempotencyKey;
  }

  @Override
  public String runId() {
    return run.runId();
  }

  @Override
  public Instant deadline() {
    return attempt.deadline();
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Optional<Site> site() {
    return run.site();
  }

  @Override
  public boolean simulated() {
    return attempt.simulated();
  }

  @Override
  public Logger log() {
    return parts.log();
  }

  @Override
  public void progress(double fraction, String text) {
    String line = text.lines().findFirst().orElse("");
    parts
        .progress()
        .progress(
            run,
            elementId,
            Double.isNaN(fraction) ? 0 : Math.clamp(fraction, 0.0, 1.0),
            attempt.mask().mask(line.substring(0, Math.min(line.length(), LONGEST_TEXT))));
  }

  @Override
  public <C extends ConnectionType> C connection(Class<C> type) {
    return attempt.connection(type);
  }

  @Override
  public StepHttp http() {
    return parts.http();
  }

  @Override
  public StepData data() {
    return parts.data();
  }

  @Override
  public Artifacts artifacts() {
    return parts.artifacts();
  }
}
