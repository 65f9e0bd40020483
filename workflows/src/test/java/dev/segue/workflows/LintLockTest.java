package dev.segue.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The linter installs from whichever registry npm is set up for, and always the same files. */
class LintLockTest {

  private static final Path LOCK = Path.of("lint/package-lock.json");

  @Test
  void namesNoRegistry() {
    String lock = new String(Shipped.read(LOCK), StandardCharsets.UTF_8);
    assertThat(lock).doesNotContain("\"resolved\"").doesNotContain("registry");
    assertThat(Pattern.compile("https?://[^\"]*\\.tgz").matcher(lock).find()).isFalse();
  }

  @Test
  void pinsEveryPackageByItsHash() {
    JsonNode packages = Shipped.json(LOCK).path("packages");
    assertThat(packages.size()).isGreaterThan(1);
    packages
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().isEmpty()) {
                assertThat(entry.getValue().path("integrity").asString(""))
                    .as(entry.getKey())
                    .startsWith("sha512-");
              }
            });
  }
}
