package dev.segue.bpmn.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The exporter's arguments. Their names are read without regard to case: a properties file keeps
 * it, environment variables lose it.
 *
 * @param url JDBC URL of the database, without credentials
 * @param user the role that may write the history
 * @param password given directly, as by an environment variable; null if a file holds it
 * @param passwordFile a file with the password alone, read at each connect; null for none
 * @param engineId names this engine for good: the same after restarts, another for another engine
 * @param linger pause between two writes, in which records gather
 * @param bufferBytes how much may gather before the broker is told to wait
 */
record ExporterSettings(
    String url,
    String user,
    @Nullable String password,
    @Nullable Path passwordFile,
    UUID engineId,
    Duration linger,
    int bufferBytes) {

  private static final Set<String> KNOWN =
      Set.of("url", "user", "password", "passwordfile", "engineid", "lingerms", "bufferkb");
  private static final int LINGER_MS = 100;
  private static final int BUFFER_KB = 8192;

  static ExporterSettings parse(Map<String, Object> arguments) {
    Map<String, String> values = new TreeMap<>();
    arguments.forEach(
        (name, value) -> {
          String key = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
          if (!KNOWN.contains(key)) {
            throw invalid(name, "is not known; known are " + new TreeSet<>(KNOWN));
          }
          values.put(key, String.valueOf(value).strip());
        });
    String url = required(values, "url");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw invalid("url", "must look like jdbc:postgresql://host:5432/database");
    }
    String file = values.get("passwordfile");
    return new ExporterSettings(
        url,
        required(values, "user"),
        values.get("password"),
        file == null ? null : Path.of(file),
        uuid(required(values, "engineid")),
        Duration.ofMillis(number(values, "lingerms", LINGER_MS, 0, 10_000)),
        1024 * number(values, "bufferkb", BUFFER_KB, 64, 262_144));
  }

  /** The password as it is now; empty where the server asks for none. */
  String currentPassword() throws IOException {
    if (passwordFile != null) {
      return Files.readString(passwordFile).strip();
    }
    return password == null ? "" : password;
  }

  @Override
  public String toString() {
    return user + ":***@" + url + " as engine " + engineId;
  }

  private static String required(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw invalid(name, "is missing");
    }
    return value;
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw invalid("engineId", "must be a UUID, not " + text);
    }
  }

  private static int number(
      Map<String, String> values, String name, int otherwise, int min, int max) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    throw invalid(name, "must be a whole number from " + min + " to " + max + ", not " + text);
  }

  private static IllegalArgumentException invalid(String name, String problem) {
    return new IllegalArgumentException(
        "The history exporter's argument " + name + " " + problem + ".");
  }
}
