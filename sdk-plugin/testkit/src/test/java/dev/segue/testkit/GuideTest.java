package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

/** The authors' guide can be followed: all its code compiles and all its tests pass. */
class GuideTest {

  private static final List<String> PAGES =
      List.of(
          "first-plugin",
          "connections",
          "change-steps",
          "metrics",
          "testing",
          "versioning",
          "publishing");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern TYPE = Pattern.compile("(?:class|record|interface|enum) (\\w+)");

  @TempDir private Path folder;

  private String imports = "";
  private final Map<String, String> sources = new LinkedHashMap<>();

  /** A reader who goes from page to page has, after each, a plugin whose tests pass. */
  @Test
  void eachPageLeavesAPluginThatWorks() throws Exception {
    for (String page : PAGES) {
      List<String> tests = new ArrayList<>();
      for (Block block : blocks(page)) {
        check(page, block, tests);
      }
      if (!tests.isEmpty()) {
        run(page, compile(page), tests);
      }
    }
    assertThat(sources).containsKeys("SplitDough", "CountLoaves", "RaisePrices", "TellBaker");
  }

  private record Block(String language, String text) {}

  private void check(String page, Block block, List<String> tests) throws Exception {
    switch (block.language()) {
      case "java" -> add(page, block.text(), tests);
      case "json" -> JsonMapper.shared().readTree(block.text());
      case "xml" ->
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(block.text())));
      // Commands are held against the command line by the server's tests.
      case "sh" -> assertThat(block.text()).startsWith("segue ");
      default ->
          throw new AssertionError(page + " has a block that nothing checks: " + block.language());
    }
  }

  private void add(String page, String source, List<String> tests) {
    Matcher type = TYPE.matcher(source);
    if (source.startsWith("import ")) {
      imports = source;
    } else if (type.find()) {
      sources.put(type.group(1), source);
      if (type.group(1).endsWith("Test")) {
        tests.add(type.group(1));
      }
    } else {
      throw new AssertionError(page + " has Java that is no whole class:\n" + source);
    }
  }

  private Path compile(String page) throws IOException {
    Path java = Files.createDirectories(folder.resolve(page + "/java"));
    Path classes = Files.createDirectories(folder.resolve(page + "/classes"));
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      files.add(
          Files.writeString(
              java.resolve(source.getKey() + ".java"),
              "package com.example.bakery;\n" + imports + source.getValue()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(problems, null, null)) {
      List<String> options =
          List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
      boolean done =
          compiler
              .getTask(
                  null,
                  manager,
                  problems,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(done).as("%s: %s", page, problems.getDiagnostics()).isTrue();
    }
    return classes;
  }

  private static void run(String page, Path classes, List<String> tests) throws Exception {
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, GuideTest.class.getClassLoader())) {
      LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
      for (String test : tests) {
        request.selectors(selectClass(loader.loadClass("com.example.bakery." + test)));
      }
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      Launcher launcher = LauncherFactory.create();
      launcher.execute(request.build(), listener);
      TestExecutionSummary summary = listener.getSummary();
      StringWriter failures = new StringWriter();
      summary.printFailuresTo(new PrintWriter(failures), 10);
      assertThat(summary.getTotalFailureCount()).as("%s: %s", page, failures).isZero();
      assertThat(summary.getTestsSucceededCount())
          .as("tests of %s", page)
          .isGreaterThanOrEqualTo(tests.size());
    }
  }

  private static List<Block> blocks(String page) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(read(page));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  private static String read(String page) {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("docs/plugins"))) {
      here = here.getParent();
    }
    try {
      return Files.readString(here.resolve("docs/plugins/" + page + ".md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
