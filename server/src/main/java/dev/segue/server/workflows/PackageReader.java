package dev.segue.server.workflows;

import dev.segue.bpmn.model.DiagramLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads packages from folders, zips and loose files, within limits, without writing anything. */
final class PackageReader {

  static final String SETTINGS_FILE = "workflow.yaml";

  private static final int MAX_FILES = 500;
  private static final int MAX_BYTES = 32_000_000;
  private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};

  private final Map<String, PackageFile> files = new TreeMap<>();
  private long bytes;

  private PackageReader() {}

  /** Reads a zip. One folder around everything is taken off. */
  static List<PackageFile> zip(byte[] content) {
    if (content.length < ZIP_MAGIC.length || !Arrays.equals(content, 0, 4, ZIP_MAGIC, 0, 4)) {
      throw new PackageException(
          "The package is not a zip file. Zip the folder that has %s.".formatted(SETTINGS_FILE));
    }
    PackageReader reader = new PackageReader();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          reader.add(entry.getName(), zip);
        }
      }
    } catch (ZipException e) {
      throw new PackageException("The package is a damaged zip file. Make it again.", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new PackageException("The package can't be unzipped. Make it again.", e);
    }
    return reader.unwrapped();
  }

  /** Reads a folder, without hidden files and build output. */
  static List<PackageFile> folder(Path folder) {
    PackageReader reader = new PackageReader();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        if (isContent(name)) {
          reader.checkSize(name, Files.size(path));
          try (InputStream in = Files.newInputStream(path)) {
            reader.add(name, in);
          }
        }
      }
    } catch (IOException e) {
      throw new PackageException(
          "The package folder %s can't be read (%s).".formatted(folder, e.getMessage()), e);
    }
    return List.copyOf(reader.files.values());
  }

  /** Takes files that came one by one. */
  static List<PackageFile> loose(Map<String, byte[]> contents) {
    PackageReader reader = new PackageReader();
    contents.forEach(
        (name, content) -> {
          try {
            reader.add(name, new ByteArrayInputStream(content));
          } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
          }
        });
    return List.copyOf(reader.files.values());
  }

  private static boolean isContent(String name) {
    return !name.startsWith(".")
        && !name.contains("/.")
        && !name.startsWith("target/")
        && !name.startsWith("src/");
  }

  private void add(String rawName, InputStream in) throws IOException {
    String name = rawName.replace('\\', '/');
    if (name.startsWith("/")
        || name.matches("^[A-Za-z]:.*")
        || List.of(name.split("/", -1)).contains("..")) {
      throw new PackageException(
          "The package names a file outside itself: %s. Zip only files below its folder."
              .formatted(rawName));
    }
    if (files.size() >= MAX_FILES) {
      throw new PackageException(
          "The package has more than %d files. Take out what doesn't belong to the workflow."
              .formatted(MAX_FILES));
    }
    byte[] content = in.readNBytes((int) Math.min(MAX_BYTES - bytes, Integer.MAX_VALUE) + 1);
    bytes += content.length;
    if (bytes > MAX_BYTES) {
      throw new PackageException(
          "The package has more than %,d bytes unpacked, reached at %s. Take out what doesn't belong to the workflow."
              .formatted(MAX_BYTES, name));
    }
    if (files.put(name, new PackageFile(name, content)) != null) {
      throw new PackageException("The package has the file %s twice.".formatted(name));
    }
  }

  private void checkSize(String name, long size) {
    if (name.endsWith(".bpmn")) {
      DiagramLimits.DEFAULT.checkSize(name, size);
    }
    if (bytes + size > MAX_BYTES) {
      throw new PackageException(
          "The package has more than %,d bytes, reached at %s with %,d."
              .formatted(MAX_BYTES, name, size));
    }
  }

  private List<PackageFile> unwrapped() {
    List<PackageFile> all = new ArrayList<>(files.values());
    if (all.isEmpty() || files.containsKey(SETTINGS_FILE)) {
      return all;
    }
    String first = all.getFirst().path();
    int slash = first.indexOf('/');
    String root = slash < 0 ? "" : first.substring(0, slash + 1);
    if (root.isEmpty() || !all.stream().allMatch(file -> file.path().startsWith(root))) {
      return all;
    }
    return all.stream()
        .map(file -> new PackageFile(file.path().substring(root.length()), file.content()))
        .toList();
  }
}
