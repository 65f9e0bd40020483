package dev.segue.server.plugins;

import java.util.Set;

/**
 * How a version does in its first jobs, against the version that it replaced. A job has failed if
 * the plugin threw, returned what doesn't fit, took too long, or didn't take its input: not if it
 * told of an error that the diagram handles, or asked to be tried later.
 *
 * @param before the version that it replaced
 * @param stepTypes those that both serve
 * @param jobsBefore the latest jobs of the version before
 * @param failuresBefore how many of those failed
 * @param jobs of this version since it serves, on all servers
 * @param failures how many of those failed, at least once
 */
record Trial(
    String pluginId,
    String version,
    String sha256,
    String before,
    Set<String> stepTypes,
    int jobsBefore,
    int failuresBefore,
    int jobs,
    int failures) {

  /** Fewer jobs say nothing, of either version. */
  static final int FEWEST_JOBS = 20;

  /** One failure or two say nothing where the version before had none. */
  static final int FEWEST_FAILURES = 3;

  /** After so many jobs a version has proved itself. */
  static final int ENOUGH_JOBS = 200;

  private static final int TIMES = 3;

  Trial {
    stepTypes = Set.copyOf(stepTypes);
  }

  /** Whether it fails at least three times as often as the version before did. */
  boolean failsTooOften() {
    if (jobs < FEWEST_JOBS || failures < FEWEST_FAILURES) {
      return false;
    }
    return jobsBefore < FEWEST_JOBS
        || (long) failures * jobsBefore >= (long) TIMES * failuresBefore * jobs;
  }

  /** Whether there is nothing more to be seen. */
  boolean isOver() {
    return jobs >= ENOUGH_JOBS;
  }

  String label() {
    return pluginId + " " + version;
  }

  /** What was seen, for people. */
  String inWords() {
    return "%s failed %d of its first %d jobs, and %s %d of its last %d"
        .formatted(label(), failures, jobs, before, failuresBefore, jobsBefore);
  }
}
