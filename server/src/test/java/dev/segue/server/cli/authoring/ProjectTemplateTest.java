package dev.segue.server.cli.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.cli.api.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectTemplateTest {

  private static final Path RESOURCES =
      Path.of("../sdk-plugin/archetype/src/main/resources/archetype-resources");

  private final ProjectTemplate template = new ProjectTemplate();

  @Test
  void fillsInNamesInTextsAndPaths() {
    Map<String, String> files = project("night-shift", "org.acme");

    assertThat(files)
        .containsKeys(
            "pom.xml",
            "README.md",
            "src/main/resources/icons/plugin.svg",
            "src/main/java/org/acme/nightshift/NightShiftPlugin.java",
            "src/test/java/org/acme/nightshift/CountItemsTest.java");
    assertThat(files.get("pom.xml"))
        .contains("<segue.plugin.class>org.acme.nightshift.NightShiftPlugin<")
        .contains("<version>" + template.segueVersion() + "</version>");
    assertThat(files.values()).noneMatch(text -> text.contains("${") || text.contains("__"));
  }

  /** A file that the metadata forget is in no project, whoever makes it. */
  @Test
  void takesEveryFileOfTheArchetype() throws Exception {
    List<Path> sources;
    try (Stream<Path> all = Files.walk(RESOURCES)) {
      sources = all.filter(Files::isRegularFile).toList();
    }

    assertThat(project("bakery", "com.example")).hasSameSizeAs(sources);
  }

  /** The archetype's engine takes a line that begins so for a comment of its own. */
  @Test
  void hasNoTextThatMavenWouldReadAsACommand() {
    assertThat(project("bakery", "com.example").values())
        .allSatisfy(text -> assertThat(text).doesNotContainPattern("##|#\\*|#set|#if|#end"));
  }

  @ParameterizedTest
  @CsvSource({
    "bakery, com.example.bakery, Bakery",
    "pos-square, com.example.possquare, PosSquare",
    "3d, com.example.plugin3d, Plugin3d",
    "switch, com.example.pluginswitch, Switch",
    "a--b, com.example.ab, AB",
  })
  void makesJavaNamesOfAnyId(String id, String packageName, String className) {
    assertThat(ProjectNames.of(id, "com.example", null))
        .isEqualTo(new ProjectNames(id, "com.example", packageName, className));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b", "Bakery", "../bakery", "-bakery", "bakery-", "bäckerei", "a b"})
  void refusesWhatIsNoId(String id) {
    assertThatThrownBy(() -> ProjectNames.of(id, "com.example", null))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("no plugin id");
  }

  @Test
  void refusesWhatIsNoPackageAndNoGroup() {
    assertThatThrownBy(() -> ProjectNames.of("bakery", "com.example", "com.1st"))
        .hasMessageContaining("`com.1st` is no Java package");
    assertThatThrownBy(() -> ProjectNames.of("bakery", "com/example", null))
        .hasMessageContaining("`com/example` is no Maven group");
  }

  private Map<String, String> project(String id, String group) {
    return template.files(ProjectNames.of(id, group, null).properties(template.segueVersion()));
  }
}
