package dev.segue.server.cli.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.runtime.version.SemanticVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevZipTest {

  private static final String MANIFEST =
      "Manifest-Version: 1.0\r\nPlugin-Id: bakery\r\nPlugin-Version: 0.1.0\r\nPlugin-Class: x.Y\r\n";

  @TempDir Path folder;

  @Test
  void getsAnotherVersionAndKeepsEverythingElse() throws Exception {
    DevZip zip =
        DevZip.read(
            zip(Map.of("classes/META-INF/MANIFEST.MF", MANIFEST, "classes/icons/a.svg", "<svg/>")));
    assertThat(zip.id()).isEqualTo("bakery");
    assertThat(zip.version()).hasToString("0.1.0");

    Path stamped =
        Files.write(folder.resolve("b.zip"), zip.as(SemanticVersion.parse("0.1.1-dev.7")));

    assertThat(DevZip.read(stamped).version()).hasToString("0.1.1-dev.7");
    try (var files = new ZipFile(stamped.toFile())) {
      assertThat(files.size()).isEqualTo(2);
      assertThat(files.getInputStream(files.getEntry("classes/icons/a.svg"))).hasContent("<svg/>");
      assertThat(files.getInputStream(files.getEntry("classes/META-INF/MANIFEST.MF")))
          .asString(StandardCharsets.UTF_8)
          .contains("Plugin-Class: x.Y");
    }
  }

  @Test
  void whatIsNoPluginIsSaidToBeNone() throws Exception {
    Path other = zip(Map.of("readme.txt", "hello"));

    assertThatThrownBy(() -> DevZip.read(other)).hasMessageContaining("segue-plugin-parent");
  }

  private Path zip(Map<String, String> entries) throws Exception {
    Path file = folder.resolve("a.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }
}
