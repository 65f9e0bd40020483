package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Element templates as files, of which the Modeler reads a folder. */
final class TemplateFiles {

  private TemplateFiles() {}

  /**
   * Writes each template to a file of its own and replaces what it wrote before; other files stay.
   *
   * @return an array with type, version and file of each
   */
  static ArrayNode write(JsonNode templates, Path folder) {
    ArrayNode written = Json.array();
    try {
      Files.createDirectories(folder);
      for (JsonNode template : templates) {
        String type = Json.text(template, "id");
        Path file = folder.resolve(fileName(type));
        Files.writeString(file, Json.pretty(template) + "\n");
        written
            .addObject()
            .put("type", type)
            .put("version", template.path("version").asLong())
            .put("file", file.toString());
      }
    } catch (IOException e) {
      throw CliException.failed(
          "the templates can't be written to %s (%s). Choose another folder with --out."
              .formatted(folder, e.getMessage()),
          e);
    }
    return written;
  }

  /** Not every file system takes a colon, and none is to be led out of the folder by a name. */
  private static String fileName(String stepType) {
    return stepType.replaceAll("[^a-z0-9.-]", ".").replaceFirst("^\\.+", "") + ".json";
  }
}
