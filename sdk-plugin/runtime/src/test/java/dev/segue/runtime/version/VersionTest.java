package dev.segue.runtime.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  @Test
  void versionsSortByPrecedence() {
    List<SemanticVersion> inOrder =
        List.of(
                "1.0.0-1",
                "1.0.0-SNAPSHOT",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-rc.2",
                "1.0.0-rc.10",
                "1.0.0",
                "1.2.0",
                "1.10.0",
                "2.0.0")
            .stream()
            .map(SemanticVersion::parse)
            .toList();
    List<SemanticVersion> shuffled = new ArrayList<>(inOrder);
    Collections.shuffle(shuffled, new Random(1));

    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(inOrder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1.2", "01.2.3", "1.2.3-", "v1.2.3", "1.2.3 ", "9999999999.0.0", "1.2.x"})
  void textsThatAreNoVersionAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SemanticVersion.parse(text))
        .withMessageContaining("no semantic version");
  }

  @ParameterizedTest
  @CsvSource({
    "'>=1.0.0 & <2.0.0', 1.0.0, true",
    "'>=1.0.0 & <2.0.0', 1.9.9, true",
    "'>=1.0.0 & <2.0.0', 2.0.0, false",
    "'>=1.0.0 & <2.0.0', 2.0.0-rc.1, false",
    "'>=1.0.0', 1.0.0-SNAPSHOT, false",
    "^1.2, 1.2.0, true",
    "^1.2, 1.99.0, true",
    "^1.2, 1.1.9, false",
    "^1.2, 2.0.0, false",
    "^0.2.3, 0.3.0, false",
    "^0.0.3, 0.0.4, false",
    "~1.2, 1.2.9, true",
    "~1.2, 1.3.0, false",
    "1.x, 1.7.3, true",
    "1.x, 2.0.0, false",
    "1.2.x, 1.2.7, true",
    "1.2.*, 1.3.0, false",
    "1.0 - 1.4, 1.4.0, true",
    "1.0 - 1.4, 1.4.1, false",
    "1.0 | >=2.1, 1.0.0, true",
    "1.0 | >=2.1, 2.0.0, false",
    "1.0 | >=2.1, 2.2.0, true",
    "'>1 & !=1.3.0', 1.3.0, false",
    "'<=1.2', 1.2.0, true",
    "=1.2.3, 1.2.3, true",
    "*, 7.0.0, true"
  })
  void rangesHoldTheVersionsTheySay(String range, String version, boolean contained) {
    assertThat(VersionRange.parse(range).contains(SemanticVersion.parse(version)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ">=", "one", ">=1.0.0 &", "1.0.0.0", "=>1", "<<2"})
  void textsThatAreNoRangeAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VersionRange.parse(text))
        .withMessageContaining("no range of versions");
  }

  @Test
  void theHostOffersAReleaseOfTheSdk() {
    assertThat(SdkVersion.current().isRelease()).isTrue();
    assertThat(SdkVersion.current().major()).isPositive();
  }
}
