package dev.segue.server.plugins;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells how the steps of this server's plugins do; told by those who run them. */
public interface StepHealth {

  /** Knows of nothing. */
  StepHealth UNKNOWN =
      new StepHealth() {
        @Override
        public Optional<HeldBack> heldBack(String stepType, String version) {
          return Optional.empty();
        }

        @Override
        public List<String> strayCalls(String pluginId, String version) {
          return List.of();
        }
      };

  /**
   * Tells whether the jobs of a step type are held back, because its plugin fails them.
   *
   * @param version the version of the plugin that serves it
   */
  Optional<HeldBack> heldBack(String stepType, String version);

  /** Lists the calls that heed no interrupt and that nobody waits for, in words. */
  List<String> strayCalls(String pluginId, String version);

  /**
   * That jobs are held back.
   *
   * @param until when one of them is tried
   * @param lastFailure what the plugin failed the last job with
   */
  record HeldBack(Instant since, Instant until, String lastFailure) {}
}
