package dev.segue.server.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.bpmn.model.DiagramException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowPackageTest {

  private static final String DIAGRAM =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
        <bpmn:process id="bakery" name="Bake bread" isExecutable="true"/>
      </bpmn:definitions>
      """;
  private static final String FORM = "{\"id\":\"taste\",\"type\":\"default\",\"components\":[]}";

  @Test
  void readsAZipWithOneFolderAroundEverything() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("bakery/workflow.yaml", "id: bakery\ntitle: Our bread\nstartForm: taste\n");
    files.put("bakery/bakery.bpmn", DIAGRAM);
    files.put("bakery/forms/taste.form", FORM);
    files.put("bakery/scenarios/sunday.yaml", "x: 1");

    WorkflowPackage read = WorkflowPackage.zip(zip(files));

    assertThat(read.id()).isEqualTo("bakery");
    assertThat(read.settings().title()).isEqualTo("Our bread");
    assertThat(read.forms()).containsOnlyKeys("taste");
    assertThat(read.resources())
        .extracting(resource -> resource.name())
        .containsExactly("bakery.bpmn", "forms/taste.form");
  }

  @Test
  void takesASingleDiagram() {
    WorkflowPackage read = files(Map.of("bakery.bpmn", DIAGRAM));

    assertThat(read.id()).isEqualTo("bakery");
    assertThat(read.processes()).containsExactly("bakery");
  }

  @Test
  void hasAHashOfAllItsFiles() {
    byte[] one = files(Map.of("bakery.bpmn", DIAGRAM)).hash();

    assertThat(files(Map.of("bakery.bpmn", DIAGRAM)).hash()).isEqualTo(one);
    assertThat(files(Map.of("bakery.bpmn", DIAGRAM + " ")).hash()).isNotEqualTo(one);
    assertThat(files(Map.of("bread.bpmn", DIAGRAM)).hash()).isNotEqualTo(one);
  }

  @Test
  void refusesFilesOutsideThePackage() {
    for (String name : new String[] {"../evil.bpmn", "a/../../evil.bpmn", "/etc/x", "C:\\x"}) {
      assertThatThrownBy(() -> WorkflowPackage.zip(zip(Map.of(name, DIAGRAM))))
          .isInstanceOf(PackageException.class)
          .hasMessageContaining("names a file outside itself: " + name);
    }
  }

  @Test
  void refusesABombWithoutUnpackingIt() throws IOException {
    byte[] bomb = zip(Map.of("a.bpmn", DIAGRAM, "zeros.bin", "0".repeat(40_000_000)));

    assertThatThrownBy(() -> WorkflowPackage.zip(bomb))
        .hasMessageContaining("more than 32,000,000 bytes unpacked, reached at zeros.bin");
  }

  @Test
  void refusesADiagramOf100MegabytesBeforeReadingIt(@TempDir Path folder) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("huge.bpmn").toFile(), "rw")) {
      file.setLength(100_000_000);
    }

    assertThatThrownBy(() -> WorkflowPackage.folder(folder))
        .isInstanceOf(DiagramException.class)
        .hasMessageContaining("huge.bpmn has 100,000,000 bytes");
  }

  @Test
  void leavesOutHiddenFilesOfAFolder(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("bakery.bpmn"), DIAGRAM);
    Files.writeString(folder.resolve(".secret"), "x");

    assertThat(WorkflowPackage.folder(folder).files())
        .extracting(PackageFile::path)
        .containsExactly("bakery.bpmn");
  }

  @Test
  void saysWhatIsWrongWithThePackage() {
    assertThatThrownBy(() -> WorkflowPackage.zip("no zip".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("is not a zip file");
    assertThatThrownBy(() -> files(Map.of("readme.md", "x"))).hasMessageContaining("no diagram");
    assertThatThrownBy(() -> files(Map.of("a.bpmn", DIAGRAM, "workflow.yaml", "id: other")))
        .hasMessageContaining("there is no process other in the diagrams; there is bakery");
    assertThatThrownBy(
            () -> files(Map.of("a.bpmn", DIAGRAM, "workflow.yaml", "id: bakery\ntitel: x")))
        .hasMessageContaining("workflow.yaml, line 2: there is no key titel. Known are id, title,");
    assertThatThrownBy(() -> files(Map.of("a.bpmn", DIAGRAM, "b.bpmn", DIAGRAM)))
        .hasMessageContaining("Two diagrams of the package have the process bakery");
    assertThatThrownBy(() -> files(Map.of("a.bpmn", DIAGRAM, "a.form", "{}")))
        .hasMessageContaining("a.form has no id");
  }

  private static WorkflowPackage files(Map<String, String> files) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    files.forEach((name, text) -> contents.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return WorkflowPackage.files(contents);
  }

  private static byte[] zip(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
