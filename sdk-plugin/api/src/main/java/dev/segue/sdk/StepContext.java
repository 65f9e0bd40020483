package dev.segue.sdk;

import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * What the host offers to one attempt of a step. Valid during the call it was handed to; safe for
 * use by threads that the step starts and ends within that call.
 */
public interface StepContext {

  /**
   * Identifies this step of this run for ever.
   *
   * @return 1 to 128 characters; the same on each attempt and redelivery, different for each run,
   *     element and pass through a loop
   */
  String idempotencyKey();

  /**
   * Identifies the run.
   *
   * @return the run's id as the API shows it
   */
  String runId();

  /**
   * Tells when this attempt will be interrupted.
   *
   * @return a wall-clock instant
   */
  Instant deadline();

  /**
   * Tells the run's idea of now: the present for a live run, the day under rehearsal for a
   * rehearsed one. Use this instead of the system clock.
   *
   * @return the instant up to which the step may know things
   */
  Instant now();

  /**
   * Tells where the run takes place.
   *
   * @return the site, or empty if the run is for no particular site
   */
  Optional<Site> site();

  /**
   * Tells whether the run only rehearses.
   *
   * @return true if nothing outside may be altered
   */
  boolean simulated();

  /**
   * Logs for the people who watch the run. Rate-limited per plugin; secrets that the host handed
   * out are masked.
   *
   * @return a logger whose lines carry the run and the step
   */
  Logger log();

  /**
   * Reports progress to the people who watch the run.
   *
   * @param fraction 0.0 to 1.0; values outside are clamped
   * @param text what is going on, one short line; may be empty
   */
  void progress(double fraction, String text);

  /**
   * Hands out an account that the step's input holds. For {@link ChangeStep#apply}, {@code check}
   * and {@code outcome} it is the one that the input of {@code plan} held: which connection is used
   * belongs to what was approved.
   *
   * @param type the connection type
   * @param <C> the connection type
   * @return the account, secrets included
   * @throws IllegalArgumentException if the input holds none of this type, or more than one
   */
  <C extends ConnectionType> C connection(Class<C> type);

  /**
   * Sends HTTP requests to the hosts that the step's connection declares.
   *
   * @return the client for this attempt
   */
  StepHttp http();

  /**
   * Reads and writes business data and the plugin's own tables.
   *
   * @return the data access for this attempt
   */
  StepData data();

  /**
   * Stores and reads blobs such as models, files and images.
   *
   * @return the artifact store
   */
  Artifacts artifacts();
}
