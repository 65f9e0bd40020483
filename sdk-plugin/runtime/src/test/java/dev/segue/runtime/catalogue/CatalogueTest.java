package dev.segue.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

  private static final SemanticVersion SDK = SemanticVersion.of(1, 2, 0);
  private static final String HASH = "ab".repeat(32);

  @Test
  void picksTheNewestInTheRangeThatWorksWithTheSdk() throws Exception {
    CataloguePlugin bakery = catalogue().plugin("bakery").orElseThrow();

    assertThat(picked(bakery, "*")).isEqualTo("1.10.0");
    assertThat(picked(bakery, "~1.9")).isEqualTo("1.9.3");
    assertThat(picked(bakery, ">=1.11.0-rc.1 & <2")).isEqualTo("1.11.0-rc.1");
    assertThat(bakery.pick(VersionRange.parse("^3"), SDK))
        .isEqualTo(
            new CataloguePlugin.Pick.NoneInRange(
                List.of("2.0.0", "1.11.0-rc.1", "1.10.0", "1.9.3")));
    assertThat(bakery.pick(VersionRange.parse("^2"), SDK))
        .isInstanceOfSatisfying(
            CataloguePlugin.Pick.OtherSdk.class,
            other -> assertThat(other.newest().requires().toString()).isEqualTo(">=2.0.0"));
  }

  @Test
  void findsPluginsByWordsTheBestFirst() throws Exception {
    assertThat(catalogue().search("BREAD"))
        .extracting(CataloguePlugin::id)
        .containsExactly("bread-prices", "bakery");
    assertThat(catalogue().search("more guild"))
        .extracting(CataloguePlugin::id)
        .containsExactly("bakery");
    assertThat(catalogue().search("  ")).hasSize(2);
    assertThat(catalogue().search("rocket")).isEmpty();
  }

  @Test
  void tellsEverythingThatIsWrong() {
    String broken =
        """
        {"format": 1, "plugins": [
          {"id": "../x"},
          {"id": "empty", "releases": []},
          {"id": "bad", "title": "Red \\u001b[31m", "releases": [
            {"version": "1.0.0", "file": "a/../../b.zip", "sha256": "AB", "bytes": 0, "requires": "*",
             "steps": ["no step"]},
            {"version": "one"}]}]}\
        """;

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> parse(broken))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .anyMatch(problem -> problem.startsWith("a plugin has an id"))
                    .anyMatch(problem -> problem.startsWith("empty has no release"))
                    .anyMatch(problem -> problem.startsWith("bad has a title with control"))
                    .anyMatch(problem -> problem.startsWith("bad 1.0.0 has a file"))
                    .anyMatch(problem -> problem.startsWith("bad 1.0.0 has no sha256"))
                    .anyMatch(problem -> problem.startsWith("bad 1.0.0 has no size"))
                    .anyMatch(problem -> problem.contains("'no step' is no step type"))
                    .anyMatch(problem -> problem.contains("'one' is no semantic version")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"format\": 2, \"plugins\": []}", "{\"format\": 1"})
  void refusesWhatIsNoCatalogue(String text) {
    assertThatExceptionOfType(CatalogueException.class).isThrownBy(() -> parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../up.zip",
        "http://example.com/x.zip",
        "file:///x.zip",
        "https://user@example.com/x.zip",
        "https://example.com//x.zip",
        "a b.zip",
        ".hidden"
      })
  void aFileLiesBelowTheCatalogueOrBehindHttps(String file) {
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> parse(index(plugin("bakery", "Bakery", release("1.0.0", "*", file)))));
  }

  @Test
  void aPluginOrAVersionIsListedOnce() {
    String twice = release("1.0.0", "*", "a.zip") + "," + release("1.0.0", "*", "b.zip");
    String plugin = plugin("bakery", "Bakery", release("1.0.0", "*", "a.zip"));

    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> parse(index(plugin("bakery", "Bakery", twice))))
        .withMessageContaining("bakery lists its version 1.0.0 twice");
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> parse(index(plugin + "," + plugin)))
        .withMessageContaining("bakery is listed twice");
  }

  private static String picked(CataloguePlugin plugin, String range) {
    return plugin.pick(VersionRange.parse(range), SDK)
            instanceof CataloguePlugin.Pick.Found(CatalogueRelease release)
        ? release.version().toString()
        : "none";
  }

  private static Catalogue catalogue() throws CatalogueException {
    return parse(text());
  }

  private static String text() {
    return index(
        plugin("bread-prices", "Prices", release("1.0.0", "*", "https://example.com/bread.zip"))
            + ","
            + plugin(
                "bakery",
                "Bread and more",
                release("1.9.3", ">=1.0.0 & <2.0.0", "bakery/1.9.3.zip")
                    + ","
                    + release("2.0.0", ">=2.0.0", "bakery/2.0.0.zip")
                    + ","
                    + release("1.11.0-rc.1", "^1", "bakery/rc.zip")
                    + ","
                    + release("1.10.0", "^1", "bakery/1.10.0.zip")));
  }

  private static String index(String plugins) {
    return "{\"format\": 1, \"title\": \"Guild\", \"plugins\": [" + plugins + "]}";
  }

  private static String plugin(String id, String title, String releases) {
    return """
        {"id": "%s", "title": "%s", "provider": "The guild", "later": true, "releases": [%s]}"""
        .formatted(id, title, releases);
  }

  private static String release(String version, String requires, String file) {
    return """
        {"version": "%s", "file": "%s", "sha256": "%s", "bytes": 7, "requires": "%s",
         "steps": ["%s:count-loaves:1"]}"""
        .formatted(version, file, HASH, requires, file.startsWith("bakery/") ? "bakery" : "other");
  }

  private static Catalogue parse(String text) throws CatalogueException {
    return Catalogue.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
