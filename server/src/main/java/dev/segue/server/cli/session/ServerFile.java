package dev.segue.server.cli.session;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a server wrote into its home folder.
 *
 * @param url where it answers
 * @param pid its process
 * @param startedAt when it wrote this, which is after its process began
 */
public record ServerFile(URI url, long pid, Instant startedAt) {

  private static final Duration CLOCK_GRAIN = Duration.ofSeconds(2);

  /** Whether that very process still runs. */
  public boolean isRunning() {
    return process().isPresent();
  }

  /**
   * The process, if it still runs. A later process that got the same number began after this was
   * written, and is not it.
   */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(start -> !start.isAfter(startedAt.plus(CLOCK_GRAIN)))
                    .orElse(true));
  }
}
