package dev.segue.server.cli.authoring;

import dev.segue.runtime.version.SemanticVersion;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;

/**
 * Numbers builds that aren't releases: each gets a version of its own, because a version's content
 * never changes on a server, and one above all others, because the newest serves. They are
 * pre-releases of the next patch, so that the release itself will be above them.
 */
final class DevVersions {

  private static final String MARK = "dev.";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private final Clock clock;

  DevVersions(Clock clock) {
    this.clock = clock;
  }

  /**
   * Makes the next one.
   *
   * @param project what the project calls itself
   * @param known what the server has of this plugin, in whatever state
   */
  SemanticVersion next(SemanticVersion project, Collection<SemanticVersion> known) {
    SemanticVersion highest =
        known.stream()
            .max(SemanticVersion::compareTo)
            .filter(v -> v.compareTo(project) > 0)
            .orElse(project);
    long number = Long.parseLong(TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
    SemanticVersion made = preRelease(highest.release(), number);
    if (made.compareTo(highest) > 0) {
      return made;
    }
    if (highest.preRelease().matches("dev\\.[0-9]{1,18}")) {
      long last = Long.parseLong(highest.preRelease().substring(MARK.length()));
      return preRelease(highest.release(), last + 1);
    }
    return preRelease(
        SemanticVersion.of(highest.major(), highest.minor(), highest.patch() + 1), number);
  }

  private static SemanticVersion preRelease(SemanticVersion of, long number) {
    return SemanticVersion.parse(of + "-" + MARK + number);
  }
}
