package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.CliException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What is sent to deploy a workflow.
 *
 * @param contentType of the body
 * @param body a zip or a diagram
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WorkflowPackage(String contentType, byte[] body) {

  private static final long LARGEST = 16L * 1024 * 1024;
  private static final int DEEPEST = 8;

  /** Reads a package's folder, a zip, or a diagram. */
  public static WorkflowPackage read(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return new WorkflowPackage("application/zip", zip(path));
      }
      String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
      if (!Files.isRegularFile(path)) {
        throw CliException.wrongUse("%s doesn't exist.".formatted(path));
      }
      if (Files.size(path) > LARGEST) {
        throw tooLarge(path);
      }
      if (name.endsWith(".zip")) {
        return new WorkflowPackage("application/zip", Files.readAllBytes(path));
      }
      if (name.endsWith(".bpmn")) {
        return new WorkflowPackage("application/xml", Files.readAllBytes(path));
      }
      throw CliException.wrongUse(
          "%s is no workflow. Name a folder with a workflow.yaml, a .zip of one, or a .bpmn file."
              .formatted(path));
    } catch (IOException e) {
      throw CliException.failed("%s can't be read (%s).".formatted(path, e.getMessage()), e);
    }
  }

  private static byte[] zip(Path folder) throws IOException {
    if (!Files.isRegularFile(folder.resolve("workflow.yaml"))) {
      throw CliException.wrongUse(
          "%s has no workflow.yaml. Name a workflow's folder, or a .bpmn file.".formatted(folder));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long size = 0;
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Path file : files(folder)) {
        size += Files.size(file);
        if (size > LARGEST) {
          throw tooLarge(folder);
        }
        zip.putNextEntry(new ZipEntry(entryName(folder, file)));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** The folder's files without hidden ones; links are not followed. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder, DEEPEST)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !Files.isSymbolicLink(file))
          .filter(file -> !isHidden(folder.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static String entryName(Path folder, Path file) {
    return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  private static CliException tooLarge(Path path) {
    return CliException.wrongUse(
        "%s is larger than 16 MB. Leave out what the workflow doesn't need.".formatted(path));
  }
}
