package dev.segue.server.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * Looks at every class of an unpacked plugin, also in its jars: none may be one that the server
 * shares with plugins, and none may be newer than this JVM.
 */
final class ClassCheck {

  private static final String SDK = "dev.segue.sdk.";
  private static final String SLF4J = "org.slf4j.Logger";
  private static final int MAGIC = 0xCAFEBABE;

  /** The class-file version of Java N is N plus this. */
  private static final int JAVA_OFFSET = 44;

  private final int newestJava;

  /** Takes the newest version of Java whose classes can be loaded, such as 25. */
  ClassCheck(int newestJava) {
    this.newestJava = newestJava;
  }

  void check(String zip, Path folder) throws PluginRefusedException, IOException {
    Path classes = folder.resolve(PluginLayout.CLASSES);
    if (Files.isDirectory(classes)) {
      for (Path file : files(classes)) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        if (isCheckedClass(name)) {
          checkShared(zip, PluginLayout.CLASSES, name);
          try (InputStream in = Files.newInputStream(file)) {
            checkVersion(zip, PluginLayout.CLASSES, name, in);
          }
        }
      }
    }
    for (Path jar : PluginLayout.jars(folder)) {
      checkJar(zip, jar, PluginLayout.LIB + "/" + jar.getFileName());
    }
  }

  private void checkJar(String zip, Path file, String place)
      throws PluginRefusedException, IOException {
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (isCheckedClass(entry.getName())) {
          checkShared(zip, place, entry.getName());
          try (InputStream in = jar.getInputStream(entry)) {
            checkVersion(zip, place, entry.getName(), in);
          }
        }
      }
    } catch (ZipException corrupt) {
      throw new PluginRefusedException(
          "The plugin %s has a jar %s that can't be read: %s. Build it again."
              .formatted(zip, place, corrupt.getMessage()),
          corrupt);
    }
  }

  /** Classes for newer JVMs may lie where multi-release jars keep them. */
  private static boolean isCheckedClass(String name) {
    return name.endsWith(".class")
        && !name.startsWith("META-INF/")
        && !name.endsWith("module-info.class");
  }

  private static void checkShared(String zip, String place, String name)
      throws PluginRefusedException {
    String className = name.substring(0, name.length() - ".class".length()).replace('/', '.');
    if (className.startsWith(SDK) || className.equals(SLF4J)) {
      throw new PluginRefusedException(
          "The plugin %s brings %s with it, in %s; the server provides it. Give the dependency %s"
                  .formatted(
                      zip, className, place, className.equals(SLF4J) ? "slf4j-api" : "segue-sdk")
              + " the scope 'provided' and build it again.",
          null);
    }
  }

  private void checkVersion(String zip, String place, String name, InputStream in)
      throws PluginRefusedException, IOException {
    byte[] head = in.readNBytes(8);
    if (head.length < 8 || ByteBuffer.wrap(head).getInt() != MAGIC) {
      throw new PluginRefusedException(
          "The plugin %s has a file %s in %s that is no class. Build it again."
              .formatted(zip, ManifestReader.printable(name), place),
          null);
    }
    int java = (((head[6] & 0xff) << 8) | (head[7] & 0xff)) - JAVA_OFFSET;
    if (java > newestJava) {
      throw new PluginRefusedException(
          "The plugin %s has a class %s in %s that needs Java %d; this server runs on Java %d."
                  .formatted(zip, ManifestReader.printable(name), place, java, newestJava)
              + " Compile the plugin with --release "
              + Math.min(21, newestJava)
              + ", or run the server on a newer Java.",
          null);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return new ArrayList<>(walk.filter(Files::isRegularFile).sorted().toList());
    }
  }
}
