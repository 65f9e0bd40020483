package dev.segue.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The plugins' parent POM stands alone, so nothing but this test keeps its versions ours. */
class PluginParentTest {

  private static final Pattern VERSION =
      Pattern.compile("<([a-z-]+(?:\\.[a-z]+)*\\.version)>([^<]+)<");

  @Test
  void theParentPomUsesTheVersionsOfTheProject() throws Exception {
    Map<String, String> project = versions(Path.of("../../pom.xml"));
    Map<String, String> parent = versions(Path.of("../parent/pom.xml"));
    parent.remove("segue.version");

    assertThat(parent).hasSizeGreaterThan(8);
    assertThat(project).containsAllEntriesOf(parent);
  }

  @Test
  void thePluginsSdkIsTheProjects() throws Exception {
    String parent = Files.readString(Path.of("../parent/pom.xml"));
    Matcher own = Pattern.compile("<version>([^<]+)<").matcher(parent);

    assertThat(own.find()).isTrue();
    assertThat(versions(Path.of("../parent/pom.xml"))).containsEntry("segue.version", own.group(1));
  }

  private static Map<String, String> versions(Path pom) throws Exception {
    Map<String, String> versions = new TreeMap<>();
    Matcher matcher = VERSION.matcher(Files.readString(pom));
    while (matcher.find()) {
      versions.put(matcher.group(1), matcher.group(2));
    }
    return versions;
  }
}
