package dev.segue.testkit;

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

/** What the test's host offers to one attempt. */
final class TestContext implements StepContext {

  private final Attempt attempt;
  private final TestHost host;
  private final Logger log;
  private final StepHttp http;

  TestContext(Attempt attempt, TestHost host) {
    this.attempt = attempt;
    this.host = host;
    this.log = new RecordingLogger(line -> host.record(attempt.mask().mask(line)));
    this.http = new LoopbackHttp(attempt);
  }

  @Override
  public String idempotencyKey() {
    return host.key();
  }

  @Override
  public String runId() {
    return host.runId();
  }

  @Override
  public Instant deadline() {
    return attempt.deadline();
  }

  @Override
  public Instant now() {
    return host.now();
  }

  @Override
  public Optional<Site> site() {
    return host.site();
  }

  @Override
  public boolean simulated() {
    return attempt.simulated();
  }

  @Override
  public Logger log() {
    return log;
  }

  @Override
  public void progress(double fraction, String text) {
    host.record(new TestHost.Progress(Math.clamp(fraction, 0.0, 1.0), text));
  }

  @Override
  public <C extends ConnectionType> C connection(Class<C> type) {
    return attempt.connection(type);
  }

  @Override
  public StepHttp http() {
    return http;
  }

  @Override
  public StepData data() {
    StepData data =
        host.data()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the step asks for data; set some with TestHost.data(…)"));
    return attempt.readOnly() && data instanceof JdbcStepData jdbc ? jdbc.readOnly() : data;
  }

  @Override
  public Artifacts artifacts() {
    return host.artifacts();
  }
}
