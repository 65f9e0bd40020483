package dev.segue.server.cli.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.version.SemanticVersion;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevVersionsTest {

  private final DevVersions versions =
      new DevVersions(Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        // Nothing there: the release itself will be above.
        "0.1.0, none, 0.1.1-dev.20261121080000",
        "0.1.0, 0.1.0, 0.1.1-dev.20261121080000",
        "0.1.0, 0.3.2 0.2.0, 0.3.3-dev.20261121080000",
        "1.0.0-SNAPSHOT, none, 1.0.0-dev.20261121080000",
        "1.0.0-zeta, none, 1.0.1-dev.20261121080000",
        // What an earlier session left, or another one within the same second.
        "0.1.0, 0.1.1-dev.20261120080000, 0.1.1-dev.20261121080000",
        "0.1.0, 0.1.1-dev.20261121080000, 0.1.1-dev.20261121080001",
      })
  void areAboveAllThatIsThere(String project, String known, String made) {
    List<SemanticVersion> there =
        known == null
            ? List.of()
            : Arrays.stream(known.split(" ")).map(SemanticVersion::parse).toList();

    SemanticVersion next = versions.next(SemanticVersion.parse(project), there);

    assertThat(next).hasToString(made);
    assertThat(there).allSatisfy(old -> assertThat(next).isGreaterThan(old));
  }
}
