package dev.segue.server.changes;

import dev.segue.sdk.Artifacts;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepData;
import dev.segue.sdk.StepHttp;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A context for steps that need none of what a host offers. */
record NothingOffered(Instant deadline, String idempotencyKey) implements StepContext {

  @Override
  public String runId() {
    return "run";
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Optional<Site> site() {
    return Optional.empty();
  }

  @Override
  public boolean simulated() {
    return false;
  }

  @Override
  public Logger log() {
    return LoggerFactory.getLogger(NothingOffered.class);
  }

  @Override
  public void progress(double fraction, String text) {}

  @Override
  public <C extends ConnectionType> C connection(Class<C> type) {
    throw new IllegalArgumentException("there are no connections");
  }

  @Override
  public StepHttp http() {
    throw new UnsupportedOperationException("there is no HTTP");
  }

  @Override
  public StepData data() {
    throw new UnsupportedOperationException("there is no data");
  }

  @Override
  public Artifacts artifacts() {
    throw new UnsupportedOperationException("there are no artifacts");
  }
}
