package dev.segue.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.runtime.check.Finding.Severity;
import dev.segue.runtime.check.PluginVerifier.Build;
import dev.segue.runtime.version.SemanticVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginVerifierTest {

  private static final byte CLASSES_OF_JAVA_22 = 66;

  private static final String PLUGIN =
      """
      package bakery;
      import dev.segue.sdk.*;
      public final class Bakery implements SeguePlugin {
        @Override public void describe(Catalog catalog) {
          catalog.connection(Account.class);
          catalog.step(new Bake());
        }
      }
      """;
  private static final String ACCOUNT =
      """
      package bakery;
      import dev.segue.sdk.*;
      import java.util.Set;
      @ConnectionInfo(name = "account", title = "Account")
      record Account(String host, Secret token) implements ConnectionType {
        @Override public Set<String> hosts() { return Set.of(host); }
        @Override public ConnectionCheck test(StepContext context) {
          return new ConnectionCheck(true, "It answers.");
        }
      }
      """;
  private static final String STEP =
      """
      package bakery;
      import dev.segue.sdk.*;
      @StepInfo(name = "bake", title = "Bake", effect = Effect.READ)
      final class Bake implements Step<Bake.Input, Bake.Output> {
        record Input(int loaves, Account account) {}
        record Output(int baked) {}
        @Override public Output run(Input input, StepContext context) {
          return new Output(input.loaves());
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void aSoundPluginHasNothingToSayAgainstIt() throws Exception {
    Verification found = verify(build("1.0.0", Map.of("Bake", STEP)), null);

    assertThat(found.findings())
        .extracting(Finding::severity, Finding::where)
        .containsExactly(tuple(Severity.NOTE, "classes/META-INF/segue/steps.json"));
    assertThat(found.offers().orElseThrow().steps()).hasSize(1);
  }

  @Test
  void tellsWhichVersionTheChangesAskFor() throws Exception {
    Build before = build("1.4.2", Map.of("Bake", STEP));
    Map<String, String> broken =
        Map.of("Bake", STEP.replace("int loaves,", "int loaves, String flour,"));

    Verification tooLow = verify(build("1.5.0", broken), before);
    assertThat(tooLow.comparison().orElseThrow().needed()).hasToString("2.0.0");
    assertThat(errors(tooLow))
        .containsExactly("version: is 1.5.0, but the changes since 1.4.2 ask for 2.0.0 or more");
    assertThat(errors(verify(build("2.0.0", broken), before))).isEmpty();

    assertThat(errors(verify(build("1.4.3", Map.of("Bake", STEP)), before))).isEmpty();
    assertThat(errors(verify(build("1.4.2", Map.of("Bake", STEP)), before)))
        .containsExactly(
            "version: is 1.4.2, which is not above the previous 1.4.2; take 1.4.3 or more");
  }

  @Test
  void namesRulesThatTheHostWouldRefuseItFor() throws Exception {
    Verification found =
        verify(build("1.0.0", Map.of("Bake", STEP.replace("READ", "WRITE"))), null);

    assertThat(errors(found)).singleElement().asString().contains("bakery.Bake", "simulate");
    assertThat(found.offers()).isEmpty();
  }

  @Test
  void runsTheSelfTest() throws Exception {
    String failing =
        PLUGIN.replaceFirst(
            "\\{\n",
            "{ @Override public void selfTest() { throw new IllegalStateException(\"no oven\"); }\n");

    assertThat(warnings(verify(build("1.0.0", Map.of("Bake", STEP, "Bakery", failing)), null)))
        .singleElement()
        .asString()
        .contains("self-test", "no oven");
  }

  @Test
  void namesSignaturesThatLeadToTrouble() throws Exception {
    String step =
        STEP.replace("int loaves,", "int loaves, Object recipe, String apiKey,")
            .replace("record Output", "private int runs;\n  record Output");
    String account = ACCOUNT.replace("Secret token", "String password");

    assertThat(warnings(verify(build("1.0.0", Map.of("Bake", step, "Account", account)), null)))
        .anySatisfy(text -> assertThat(text).contains("bakery:bake:1 input.recipe", "any value"))
        .anySatisfy(text -> assertThat(text).contains("bakery:bake:1 input apiKey", "sealed"))
        .anySatisfy(text -> assertThat(text).contains("bakery:account password", "sealed"))
        .anySatisfy(text -> assertThat(text).contains("bakery.Bake.runs", "all runs at once"))
        .hasSize(4);
  }

  @Test
  void namesCallsAndPackagesThatDoHarm() throws Exception {
    String step =
        STEP.replace(
            "return new Output",
            """
            if (input.loaves() < 0) System.exit(3);
            Runtime.getRuntime().addShutdownHook(new Thread());
            dev.segue.runtime.StepType.parse("bakery:bake:1");
            return new Output""");
    Build build = build("1.0.0", Map.of("Bake", step));

    assertThat(texts(verify(build, null), Severity.WARNING))
        .anySatisfy(text -> assertThat(text).contains("bakery.Bake", "java.lang.System.exit"))
        .anySatisfy(text -> assertThat(text).contains("addShutdownHook", "in memory"))
        .hasSize(2);
    assertThat(errors(verify(build, null)))
        .singleElement()
        .asString()
        .contains("bakery.Bake", "dev.segue.runtime.StepType", "server's own");
  }

  @Test
  void looksIntoLibraries() throws Exception {
    byte[] exits = library("Exits", "package other; class Exits {{ System.exit(1); }}");
    exits[7] = CLASSES_OF_JAVA_22;
    byte[] parser = library("Parser", "package org.w3c.dom; class Parser {}");
    byte[] runtime = library("Mine", "package dev.segue.runtime; class Mine {}");
    Build build =
        build(
            "1.0.0",
            Map.of("Bake", STEP),
            jar(
                "exits-1.0.jar",
                Map.of(
                    "other/Exits.class",
                    exits,
                    "META-INF/maven/other/exits/pom.xml",
                    bytes("<licenses><license><name>MIT</name></license></licenses>"))),
            jar(
                "parser-1.0.jar",
                Map.of(
                    "org/w3c/dom/Parser.class",
                    parser,
                    "LICENSE.txt",
                    bytes("  Apache License\n   Version 2.0, January 2004"))),
            jar("runtime-1.0.jar", Map.of("dev/segue/runtime/Mine.class", runtime)));

    Verification found = verify(build, null);

    assertThat(found.libraries())
        .containsExactly(
            new LibraryLicence("exits-1.0.jar", List.of("MIT"), "pom.xml"),
            new LibraryLicence("parser-1.0.jar", List.of("Apache-2.0"), "LICENSE.txt"),
            new LibraryLicence("runtime-1.0.jar", List.of(), ""));
    assertThat(errors(found))
        .containsExactly(
            "lib/runtime-1.0.jar: brings what only the server may bring: dev.segue.runtime.Mine");
    assertThat(warnings(found))
        .anySatisfy(text -> assertThat(text).contains("parser-1.0.jar", "org.w3c.dom.Parser"))
        .anySatisfy(text -> assertThat(text).contains("licence", "runtime-1.0.jar"))
        .anySatisfy(text -> assertThat(text).contains("exits-1.0.jar", "Java 22", "--release 21"))
        .hasSize(3);
    assertThat(texts(found, Severity.NOTE))
        .anySatisfy(text -> assertThat(text).contains("exits-1.0.jar", "System.exit"));
  }

  @Test
  void tellsWhetherASignatureIsThereAndValid() {
    byte[] zip = bytes("a zip");
    String keys = PluginSignature.newKeys();
    var known = PluginSignature.publicKey(keys);
    String signature = PluginSignature.sign(keys, zip).toString();

    assertThat(PluginVerifier.signature(zip, signature, known).severity()).isEqualTo(Severity.NOTE);
    assertThat(PluginVerifier.signature(zip, signature, known).message()).startsWith("valid");
    assertThat(PluginVerifier.signature(zip, null, null).severity()).isEqualTo(Severity.NOTE);
    assertThat(PluginVerifier.signature(zip, null, known).severity()).isEqualTo(Severity.ERROR);
    assertThat(PluginVerifier.signature(zip, "rsa:1", null).severity()).isEqualTo(Severity.ERROR);
    assertThat(PluginVerifier.signature(bytes("other"), signature, known))
        .extracting(Finding::severity)
        .isEqualTo(Severity.ERROR);
  }

  private static Verification verify(Build build, Build previous) throws Exception {
    return PluginVerifier.verify(build, previous);
  }

  private static List<String> errors(Verification found) {
    return texts(found, Severity.ERROR);
  }

  private static List<String> warnings(Verification found) {
    return texts(found, Severity.WARNING);
  }

  private static List<String> texts(Verification found, Severity severity) {
    return found.findings().stream()
        .filter(finding -> finding.severity() == severity)
        .map(finding -> finding.where() + ": " + finding.message())
        .toList();
  }

  private Build build(String version, Map<String, String> sources, Path... jars) throws Exception {
    Map<String, String> all = new TreeMap<>(Map.of("Bakery", PLUGIN, "Account", ACCOUNT));
    all.putAll(sources);
    return new Build(
        "bakery",
        SemanticVersion.parse(version),
        "bakery.Bakery",
        "MIT",
        compile(all),
        List.of(jars));
  }

  private byte[] library(String name, String source) throws Exception {
    Path classes = compile(Map.of(name, source));
    try (var files = Files.walk(classes)) {
      return Files.readAllBytes(files.filter(Files::isRegularFile).findFirst().orElseThrow());
    }
  }

  private Path compile(Map<String, String> sources) throws Exception {
    Path from = Files.createTempDirectory(folder, "source");
    Path classes = Files.createTempDirectory(folder, "classes");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-d",
                classes.toString(),
                "-proc:none",
                "-parameters",
                "-cp",
                System.getProperty("java.class.path")));
    arguments.addAll(List.of("-nowarn", "-source", "21", "-target", "21"));
    if (sources.values().stream().anyMatch(source -> source.startsWith("package org.w3c"))) {
      arguments.addAll(List.of("--patch-module", "java.xml=" + from));
    }
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = from.resolve(source.getKey() + ".java");
      Files.writeString(file, source.getValue());
      arguments.add(file.toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    return classes;
  }

  private Path jar(String name, Map<String, byte[]> entries) throws Exception {
    Path file = folder.resolve(name);
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
    return file;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
