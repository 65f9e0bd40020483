package dev.segue.server.steps;

import java.time.Duration;
import java.util.List;

/** Counts what steps do; bound to the server's registry of metrics by those who wire it. */
public interface StepMetrics {

  /**
   * A job has been worked on.
   *
   * @param outcome {@code completed}, {@code error}, {@code retry}, {@code incident}, {@code later}
   *     or {@code gone}
   * @param took from its arrival to its outcome
   */
  void worked(String stepType, String outcome, Duration took);

  /** Lines of the timeline were lost, because the database was away for too long. */
  void attemptsLost(int count);

  /**
   * The jobs of a step type are held back from now on, or no more.
   *
   * @param version the plugin's
   */
  default void heldBack(String stepType, String version, boolean heldBack) {}

  /** What the plugins with code in memory cost now; one entry for each that was seen before. */
  default void loads(List<PluginLoad> loads) {}

  /** Counts nothing. */
  static StepMetrics none() {
    return new StepMetrics() {
      @Override
      public void worked(String stepType, String outcome, Duration took) {}

      @Override
      public void attemptsLost(int count) {}
    };
  }
}
