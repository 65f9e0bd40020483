package dev.segue.server.plugins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds plugin zips on the fly, good ones and bad ones, from Java source. */
public final class PluginZip {

  private final Map<String, String> descriptor = new TreeMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  private PluginZip(String id, String version, String pluginClass) {
    descriptor.put("plugin.id", id);
    descriptor.put("plugin.version", version);
    descriptor.put("plugin.class", pluginClass);
    descriptor.put("plugin.requires", "*");
    descriptor.put("plugin.provider", "Tests");
    descriptor.put("plugin.license", "Apache-2.0");
  }

  /** A zip whose plugin is the given class; its source is still to be added. */
  public static PluginZip of(String id, String version, String pluginClass) {
    return new PluginZip(id, version, pluginClass);
  }

  /** A plugin with one step {@code greet} of effect NONE that answers with its version. */
  public static PluginZip greeter(String id, String version) {
    return of(id, version, "greet.GreetPlugin")
        .source(
            "greet.GreetPlugin",
            """
            package greet;
            import dev.segue.sdk.*;
            public final class GreetPlugin implements SeguePlugin {
              @Override public void describe(Catalog catalog) { catalog.step(new Greet()); }
              @StepInfo(name = "greet", title = "Greet", effect = Effect.NONE)
              static final class Greet implements Step<Greet.Input, Greet.Output> {
                record Input(String name) {}
                record Output(String text, String version) {}
                @Override public Output run(Input input, StepContext context) {
                  return new Output("Hello " + input.name(), "VERSION");
                }
              }
            }
            """
                .replace("VERSION", version));
  }

  /** Adds a class to be compiled. */
  public PluginZip source(String className, String source) {
    sources.put(className, source);
    return this;
  }

  /** Replaces a line of the descriptor, such as {@code plugin.requires}; null takes it off. */
  public PluginZip descriptor(String key, String value) {
    if (value == null) {
      descriptor.remove(key);
    } else {
      descriptor.put(key, value);
    }
    return this;
  }

  /** Adds a file. */
  public PluginZip entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** Adds a file of text. */
  public PluginZip entry(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the zip and gives its path back. */
  public Path build(Path file) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      StringWriter properties = new StringWriter();
      descriptor.forEach((key, value) -> properties.append(key + "=" + value + "\n"));
      put(zip, "plugin.properties", properties.toString().getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> type : compile().entrySet()) {
        put(zip, "classes/" + type.getKey().replace('.', '/') + ".class", type.getValue());
      }
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(zip, entry.getKey(), entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Writes a jar of the compiled classes alone, and gives its path back. */
  public Path jar(Path file) {
    try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> type : compile().entrySet()) {
        put(jar, type.getKey().replace('.', '/') + ".class", type.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Gives the compiled classes by their names. */
  public Map<String, byte[]> compile() {
    if (sources.isEmpty()) {
      return Map.of();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((name, source) -> units.add(new Source(name, source)));
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  new InMemory(standard, classes),
                  null,
                  List.of("--release", "21", "-parameters", "-proc:none"),
                  null,
                  units)
              .call();
      if (!compiled) {
        throw new IllegalStateException("the plugin's source doesn't compile: " + messages);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, byte[]> bytes = new TreeMap<>();
    classes.forEach((name, out) -> bytes.put(name, out.toByteArray()));
    return bytes;
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String className, String text) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> classes;

    InMemory(JavaFileManager parent, Map<String, ByteArrayOutputStream> classes) {
      super(parent);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("bytes:///" + className), kind) {
        @Override
        public ByteArrayOutputStream openOutputStream() {
          return classes.computeIfAbsent(className, name -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
