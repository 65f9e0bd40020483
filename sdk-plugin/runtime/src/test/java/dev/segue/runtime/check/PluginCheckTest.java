package dev.segue.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.PluginProblem;
import dev.segue.runtime.fixture.BakeryPlugin;
import dev.segue.runtime.schema.Json;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCheckTest {

  @TempDir Path folder;

  @Test
  void aPluginThatKeepsTheRulesGetsManifestAndDescriptors() throws Exception {
    assertThat(check("id=bakery", "check")).isEmpty();

    Path written = folder.resolve("classes/META-INF");
    String steps = Files.readString(written.resolve("segue/steps.json"));
    assertThat(Json.parse(steps).at("/steps/0/type").stringValue()).isEqualTo("bakery:bake:1");
    Manifest manifest;
    try (var in = Files.newInputStream(written.resolve("MANIFEST.MF"))) {
      manifest = new Manifest(in);
    }
    assertThat(manifest.getMainAttributes().getValue("Plugin-Id")).isEqualTo("bakery");
    assertThat(manifest.getMainAttributes().getValue("Plugin-Version")).isEqualTo("1.2.3");
    assertThat(manifest.getMainAttributes().getValue("Plugin-Requires")).startsWith("^");
    assertThat(manifest.getMainAttributes().getValue("Plugin-Class"))
        .isEqualTo(BakeryPlugin.class.getName());
  }

  @Test
  void aCommittedCopyMustBeEqualAndCanBeUpdated() throws Exception {
    Path committed = folder.resolve("steps.json");
    Files.writeString(committed, "{\n}\n");

    assertThat(check("id=bakery", "check"))
        .extracting(PluginProblem::message)
        .singleElement()
        .asString()
        .contains("first in line 2")
        .contains("-Dsegue.descriptors=update");
    assertThat(check("id=bakery", "update")).isEmpty();
    assertThat(check("id=bakery", "check")).isEmpty();
  }

  @Test
  void propertiesThatThePomLeavesOutAreNamed() throws Exception {
    assertThat(check("id=${segue.plugin.id}", "check"))
        .extracting(PluginProblem::where)
        .containsExactly("segue.plugin.id");
  }

  @Test
  void aLibraryThatHoldsTheSdkIsRefused() throws Exception {
    Path library = folder.resolve("everything-1.0.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(library))) {
      jar.putNextEntry(new JarEntry("dev/segue/sdk/SeguePlugin.class"));
      jar.closeEntry();
    }

    assertThat(check("id=bakery", "check", library))
        .extracting(PluginProblem::where)
        .containsExactly("everything-1.0.jar");
  }

  @Test
  void aClassThatIsMissingIsNamed() throws Exception {
    List<String> arguments = arguments("id=bakery", "check");
    arguments.removeIf(argument -> argument.startsWith("class="));
    arguments.add("class=dev.segue.Missing");

    assertThat(run(arguments))
        .extracting(PluginProblem::message)
        .singleElement()
        .asString()
        .contains("dev.segue.Missing");
  }

  private List<PluginProblem> check(String id, String descriptors, Path... libraries)
      throws Exception {
    return run(arguments(id, descriptors, libraries));
  }

  private static List<PluginProblem> run(List<String> arguments) throws Exception {
    return new PluginCheck(CheckOptions.parse(arguments.toArray(String[]::new))).run();
  }

  private List<String> arguments(String id, String descriptors, Path... libraries)
      throws Exception {
    Path classes =
        Path.of(BakeryPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Files.createDirectories(folder.resolve("classes"));
    StringBuilder classPath = new StringBuilder(classes.toString());
    for (Path library : libraries) {
      classPath.append(File.pathSeparator).append(library);
    }
    return new ArrayList<>(
        List.of(
            id,
            "version=1.2.3",
            "class=" + BakeryPlugin.class.getName(),
            "provider=tests",
            "requires=",
            "license=Apache-2.0",
            "description=Bakes.",
            "classes=" + folder.resolve("classes"),
            "classpath=" + classPath,
            "committed=" + folder.resolve("steps.json"),
            "descriptors=" + descriptors));
  }
}
