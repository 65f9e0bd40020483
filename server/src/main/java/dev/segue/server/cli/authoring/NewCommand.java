package dev.segue.server.cli.authoring;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the project of a new plugin. */
@Command(
    name = "new",
    description = {
      "Make the project of a new plugin, with a step, a connection and a test.",
      "It is a Maven project: `mvn package` there yields the plugin's zip."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segue plugins new bakery",
      "  segue plugins new bakery --group com.example --dir work/bakery"
    })
final class NewCommand implements Runnable {

  private final Session session;

  @Parameters(
      paramLabel = "ID",
      description = "The plugin's id, for good: 2 to 40 of a-z, 0-9 and `-`.")
  private String id = "";

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to make it; ID in this folder unless given.")
  private @Nullable Path folder;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "The Maven group (${DEFAULT-VALUE}).")
  private String group = "com.example";

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "The Java package; made of group and id unless given.")
  private @Nullable String packageName;

  @Mixin private final SdkOption sdk = new SdkOption();

  NewCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ProjectNames names = ProjectNames.of(id, group, packageName);
    Path project = (folder != null ? folder : Path.of(id)).normalize();
    refuseUsed(project);
    ProjectTemplate template = new ProjectTemplate();
    Map<String, String> files = template.files(names.properties(template.segueVersion()));
    write(project, files);
    Output out = session.out();
    sdk.provide(session);
    if (out.isJson()) {
      ObjectNode made = Json.object().put("id", id).put("folder", project.toString());
      made.put("package", names.packageName()).put("version", ProjectNames.FIRST_VERSION);
      ArrayNode list = made.putArray("files");
      files.keySet().forEach(list::add);
      out.json(made);
    } else {
      tell(out, project);
    }
  }

  private void tell(Output out, Path project) {
    String zip = "target/%s-%s.zip".formatted(id, ProjectNames.FIRST_VERSION);
    out.line("Made the plugin %s in %s. Its README.md says what is where.".formatted(id, project));
    out.heading("Next:");
    out.line("  cd " + project);
    out.line("  mvn package                  # tests it and makes " + zip);
    out.line("  segue plugins verify " + zip);
    out.line("  segue plugins dev            # reloads it into your server whenever you save");
  }

  private static void refuseUsed(Path project) {
    if (!Files.exists(project)) {
      return;
    }
    if (!Files.isDirectory(project)) {
      throw CliException.wrongUse(project + " is a file. Name another folder with --dir.");
    }
    try (Stream<Path> content = Files.list(project)) {
      if (content.findAny().isPresent()) {
        throw CliException.wrongUse(
            project + " exists and is not empty. Name another folder with --dir.");
      }
    } catch (IOException e) {
      throw CliException.failed(project + " can't be read: " + e.getMessage(), e);
    }
  }

  private static void write(Path project, Map<String, String> files) {
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path target = project.resolve(file.getKey());
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.writeString(target, file.getValue());
      }
    } catch (IOException e) {
      throw CliException.failed(
          "the project can't be written into %s: %s".formatted(project, e.getMessage()), e);
    }
  }
}
