package dev.segue.server.steps;

import dev.segue.bpmn.engine.Job;
import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.Interruption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job that this server works on now. Thread-safe. */
final class ActiveJob {

  private final Job job;
  private final List<String> fetched;
  private final Cancellation cancellation = new Cancellation();

  /** When the engine has to hear of the job again; only the watch changes it. */
  long extendAtNanos;

  private volatile @Nullable String effectKey;
  private volatile @Nullable String plugin;

  ActiveJob(Job job, List<String> fetched) {
    this.job = job;
    this.fetched = fetched;
  }

  Job job() {
    return job;
  }

  /** Names of the variables that the job was asked to bring along. */
  List<String> fetched() {
    return fetched;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  boolean isCancelled() {
    return cancellation.isCancelled();
  }

  void cancel(Interruption why) {
    cancellation.cancel(why);
  }

  /** Which plugin version runs the job, as {@code id@version}; null while it waits for one. */
  @Nullable String plugin() {
    return plugin;
  }

  void runsIn(String idAndVersion) {
    plugin = idAndVersion;
  }

  /** The key of the journal entry whose lease is to be kept; null for none. */
  @Nullable String effectKey() {
    return effectKey;
  }

  void effectBegun(String key) {
    effectKey = key;
  }

  void effectOver() {
    effectKey = null;
  }
}
