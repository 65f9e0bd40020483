package dev.segue.server.workflows;

import java.util.Locale;

/**
 * A file of a workflow package.
 *
 * @param path within the package, with slashes
 * @param content not copied, so leave it as it is
 */
@SuppressWarnings("ArrayRecordComponent")
record PackageFile(String path, byte[] content) {

  /** What a file is for. */
  enum Kind {
    DIAGRAM,
    FORM,
    DECISION,
    SETTINGS,
    SCENARIO,
    OTHER;

    /** The name in the database. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the engine gets it. */
    boolean isDeployed() {
      return this == DIAGRAM || this == FORM || this == DECISION;
    }
  }

  /** The file's name without its folder. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  Kind kind() {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.startsWith("scenarios/")) {
      return Kind.SCENARIO;
    }
    if (lower.endsWith(".bpmn")) {
      return Kind.DIAGRAM;
    }
    if (lower.endsWith(".form")) {
      return Kind.FORM;
    }
    if (lower.endsWith(".dmn")) {
      return Kind.DECISION;
    }
    return path.equals(PackageReader.SETTINGS_FILE) ? Kind.SETTINGS : Kind.OTHER;
  }
}
