package dev.segue.server.workflows;

import dev.segue.bpmn.engine.Resource;
import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.DiagramException;
import dev.segue.bpmn.model.DiagramLimits;
import dev.segue.bpmn.model.ProcessOutline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A package that was read: its settings, its files, its diagrams. Nothing of it is checked yet. */
public final class WorkflowPackage {

  private final PackageSettings settings;
  private final List<PackageFile> files;
  private final List<Diagram> diagrams;
  private final Map<String, PackageFile> forms = new LinkedHashMap<>();
  private final Set<String> decisions = new LinkedHashSet<>();

  private WorkflowPackage(List<PackageFile> files) {
    this.files = List.copyOf(files);
    this.settings =
        files.stream()
            .filter(file -> file.kind() == PackageFile.Kind.SETTINGS)
            .findFirst()
            .map(file -> PackageSettings.parse(file.content()))
            .orElse(PackageSettings.NONE);
    this.diagrams =
        of(PackageFile.Kind.DIAGRAM).stream()
            .map(file -> Diagram.parse(file.path(), file.content(), DiagramLimits.DEFAULT))
            .toList();
    of(PackageFile.Kind.FORM).forEach(file -> forms.put(ResourceIds.form(file), file));
    of(PackageFile.Kind.DECISION).forEach(file -> decisions.addAll(ResourceIds.decisions(file)));
    checkWhole();
  }

  /**
   * Reads a package's folder.
   *
   * @throws PackageException if it isn't one
   * @throws DiagramException if a diagram can't be read
   */
  public static WorkflowPackage folder(Path folder) {
    return new WorkflowPackage(PackageReader.folder(folder));
  }

  /** Likewise, a zip of such a folder. */
  public static WorkflowPackage zip(byte[] content) {
    return new WorkflowPackage(PackageReader.zip(content));
  }

  /** Likewise, a package's files by their names; a single diagram will do. */
  public static WorkflowPackage files(Map<String, byte[]> contents) {
    return new WorkflowPackage(PackageReader.loose(contents));
  }

  /** The BPMN process id of the main process. */
  public String id() {
    String id = settings.id();
    return id != null ? id : processes().iterator().next();
  }

  PackageSettings settings() {
    return settings;
  }

  List<PackageFile> files() {
    return files;
  }

  List<Diagram> diagrams() {
    return diagrams;
  }

  Map<String, PackageFile> forms() {
    return forms;
  }

  Set<String> decisions() {
    return decisions;
  }

  /** The ids of all executable processes, in the order of the diagrams. */
  Set<String> processes() {
    Set<String> ids = new LinkedHashSet<>();
    for (Diagram diagram : diagrams) {
      diagram.processes().stream()
          .filter(ProcessOutline::executable)
          .forEach(process -> ids.add(process.id()));
    }
    if (ids.isEmpty()) {
      diagrams.getFirst().processes().forEach(process -> ids.add(process.id()));
    }
    return ids;
  }

  /** What the engine gets. */
  List<Resource> resources() {
    return files.stream()
        .filter(file -> file.kind().isDeployed())
        .map(file -> Resource.of(file.path(), file.content()))
        .toList();
  }

  /** Changes with any file's name or content. */
  byte[] hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (PackageFile file : files) {
        digest.update(file.path().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(Integer.toString(file.content().length).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(file.content());
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private List<PackageFile> of(PackageFile.Kind kind) {
    return files.stream().filter(file -> file.kind() == kind).toList();
  }

  private void checkWhole() {
    if (diagrams.isEmpty()) {
      throw new PackageException("The package has no diagram. Put a .bpmn file into it.");
    }
    Set<String> seen = new HashSet<>();
    for (Diagram diagram : diagrams) {
      for (ProcessOutline process : diagram.processes()) {
        if (!seen.add(process.id())) {
          throw new PackageException(
              "Two diagrams of the package have the process %s. Rename one."
                  .formatted(process.id()));
        }
      }
    }
    String id = settings.id();
    if (id != null && !seen.contains(id)) {
      throw new PackageException(
          "%s: there is no process %s in the diagrams; there is %s. Correct the id."
              .formatted(PackageReader.SETTINGS_FILE, id, String.join(", ", seen)));
    }
  }
}
