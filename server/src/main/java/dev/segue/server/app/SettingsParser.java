package dev.segue.server.app;

import dev.segue.bpmn.engine.Secret;
import dev.segue.bpmn.engine.zeebe.EngineSettings;
import dev.segue.bpmn.engine.zeebe.EngineSettings.OAuth;
import dev.segue.bpmn.engine.zeebe.EngineSettings.Tls;
import dev.segue.server.app.Settings.DatabaseChoice;
import dev.segue.server.app.Settings.EngineChoice;
import dev.segue.server.app.Settings.Http;
import dev.segue.server.notices.NoticeSettings;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.StorageException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes typed settings of text, and notes everything that is wrong before it gives up. */
final class SettingsParser {

  private static final String EMBEDDED = "embedded";

  private final RawSettings raw;

  SettingsParser(RawSettings raw) {
    this.raw = raw;
  }

  Settings parse() throws SettingsException {
    Settings settings =
        new Settings(
            new Http(
                text(SettingKey.HTTP_HOST),
                number(SettingKey.HTTP_PORT, 0, 65_535),
                bool(SettingKey.HTTP_SECURE_COOKIES),
                publicUrl()),
            database(),
            number(SettingKey.DATABASE_CONNECTIONS, 2, 500),
            engine(),
            number(SettingKey.STEPS_CONCURRENCY, 1, 10_000),
            cpuThreads(),
            bool(SettingKey.PLUGINS_UNSIGNED_IN_FOLDER),
            notices(),
            choice(SettingKey.LOG_LEVEL, Set.of("error", "warn", "info", "debug")),
            bool(SettingKey.SAMPLE));
    List<String> faults = raw.faults();
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
    return settings;
  }

  private DatabaseChoice database() {
    String address = text(SettingKey.DATABASE_ADDRESS);
    if (address.equals(EMBEDDED)) {
      return new DatabaseChoice.Embedded();
    }
    try {
      return new DatabaseChoice.External(
          new DatabaseAddress(
              address, text(SettingKey.DATABASE_USER), text(SettingKey.DATABASE_PASSWORD)));
    } catch (StorageException e) {
      raw.refuse(
          SettingKey.DATABASE_ADDRESS,
          "embedded or jdbc:postgresql://host:port/database (user and password have settings of"
              + " their own)");
      return new DatabaseChoice.Embedded();
    }
  }

  private EngineChoice engine() {
    String address = text(SettingKey.ENGINE_ADDRESS);
    int partitions = number(SettingKey.ENGINE_PARTITIONS, 1, 64);
    int heap = number(SettingKey.ENGINE_HEAP, 128, 65_536);
    boolean open = choice(SettingKey.ENGINE_GATEWAY, Set.of("open", "closed")).equals("open");
    if (address.equals(EMBEDDED)) {
      return new EngineChoice.Embedded(partitions, heap, open);
    }
    try {
      EngineSettings settings =
          EngineSettings.of(address, uri(SettingKey.ENGINE_REST_ADDRESS)).withTls(tls());
      OAuth oauth = oauth();
      return new EngineChoice.External(oauth == null ? settings : settings.withOAuth(oauth));
    } catch (IllegalArgumentException e) {
      raw.refuse(
          SettingKey.ENGINE_ADDRESS, "embedded, zeebe://host:port, or zeebes://host:port for TLS");
      return new EngineChoice.Embedded(partitions, heap, open);
    }
  }

  private Tls tls() {
    String certificate = text(SettingKey.ENGINE_CA_CERTIFICATE);
    return new Tls(
        certificate.isEmpty() ? null : Path.of(certificate), orNull(SettingKey.ENGINE_AUTHORITY));
  }

  private @Nullable OAuth oauth() {
    URI tokenUrl = uri(SettingKey.ENGINE_OAUTH_TOKEN_URL);
    if (tokenUrl == null) {
      return null;
    }
    for (SettingKey needed :
        List.of(SettingKey.ENGINE_OAUTH_CLIENT_ID, SettingKey.ENGINE_OAUTH_CLIENT_SECRET)) {
      if (text(needed).isEmpty()) {
        raw.refuse(needed, "set along with " + SettingKey.ENGINE_OAUTH_TOKEN_URL.key());
      }
    }
    return new OAuth(
        tokenUrl,
        text(SettingKey.ENGINE_OAUTH_CLIENT_ID),
        Secret.of(text(SettingKey.ENGINE_OAUTH_CLIENT_SECRET)),
        orNull(SettingKey.ENGINE_OAUTH_AUDIENCE),
        orNull(SettingKey.ENGINE_OAUTH_SCOPE));
  }

  private int cpuThreads() {
    if (text(SettingKey.STEPS_CPU_THREADS).equals("auto")) {
      return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }
    return number(SettingKey.STEPS_CPU_THREADS, 1, 1_024);
  }

  private @Nullable String publicUrl() {
    URI url = uri(SettingKey.HTTP_PUBLIC_URL);
    return url == null ? null : url.toString().replaceAll("/+$", "");
  }

  private NoticeSettings notices() {
    String step = text(SettingKey.NOTICES_STEP);
    if (!step.matches("[a-z0-9-]+:[a-z0-9-]+:[0-9]+")) {
      raw.refuse(SettingKey.NOTICES_STEP, "a step type such as notify:tell:1");
    }
    return NoticeSettings.of(
        orNull(SettingKey.NOTICES_EMAIL), orNull(SettingKey.NOTICES_CHAT), step);
  }

  private String text(SettingKey key) {
    return raw.get(key).text().strip();
  }

  private @Nullable String orNull(SettingKey key) {
    return text(key).isEmpty() ? null : text(key);
  }

  private int number(SettingKey key, int least, int most) {
    try {
      int value = Integer.parseInt(text(key));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    raw.refuse(key, "a whole number from %d to %d".formatted(least, most));
    return least;
  }

  private boolean bool(SettingKey key) {
    return Map.of("true", true, "false", false)
        .getOrDefault(choice(key, Set.of("true", "false")), false);
  }

  private String choice(SettingKey key, Set<String> choices) {
    String value = text(key);
    if (!choices.contains(value)) {
      raw.refuse(key, choices.stream().sorted().collect(Collectors.joining(" or ")));
    }
    return value;
  }

  private @Nullable URI uri(SettingKey key) {
    String value = text(key);
    if (value.isEmpty()) {
      return null;
    }
    if (!value.matches("https?://[^/\\s]+.*")) {
      raw.refuse(key, "an address such as https://host:8080");
      return null;
    }
    return URI.create(value);
  }
}
