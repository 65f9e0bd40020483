package dev.segue.server.steps;

/** Hears how far running steps have come. Called on the steps' threads; return soon. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * A step reports progress.
   *
   * @param fraction 0.0 to 1.0
   * @param text one line; may be empty
   */
  void progress(RunContext run, String elementId, double fraction, String text);
}
