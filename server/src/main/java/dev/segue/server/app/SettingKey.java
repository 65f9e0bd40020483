package dev.segue.server.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that can be configured. */
enum SettingKey {
  HTTP_HOST("http.host", "127.0.0.1", "the address to listen on"),
  HTTP_PORT("http.port", "8585", "the port to listen on; 0 for any free one"),
  HTTP_SECURE_COOKIES(
      "http.secure-cookies", "false", "true where browsers reach Segue by HTTPS alone"),
  HTTP_PUBLIC_URL(
      "http.public-url", "", "where browsers reach Segue; for the links in messages to people"),
  DATABASE_ADDRESS(
      "database.address", "embedded", "embedded, or jdbc:postgresql://host:port/database"),
  DATABASE_USER("database.user", "", "the role to sign in as, of a database that isn't embedded"),
  DATABASE_PASSWORD("database.password", "", "its password"),
  DATABASE_CONNECTIONS("database.connections", "24", "the most connections of this server"),
  ENGINE_ADDRESS("engine.address", "embedded", "embedded, zeebe://host:port, or zeebes:// for TLS"),
  ENGINE_REST_ADDRESS(
      "engine.rest-address", "", "the cluster's REST API; without it port 8080 of the same host"),
  ENGINE_CA_CERTIFICATE(
      "engine.ca-certificate", "", "a PEM file with the authorities to trust for TLS"),
  ENGINE_AUTHORITY("engine.authority", "", "the host name to expect in the cluster's certificate"),
  ENGINE_OAUTH_TOKEN_URL("engine.oauth.token-url", "", "where to get OAuth tokens"),
  ENGINE_OAUTH_CLIENT_ID("engine.oauth.client-id", "", "the client's id"),
  ENGINE_OAUTH_CLIENT_SECRET("engine.oauth.client-secret", "", "the client's secret"),
  ENGINE_OAUTH_AUDIENCE("engine.oauth.audience", "", "the audience to ask a token for"),
  ENGINE_OAUTH_SCOPE("engine.oauth.scope", "", "the scope to ask a token for"),
  ENGINE_GATEWAY(
      "engine.gateway", "closed", "open puts the embedded gateway on port 26500 for Modeler"),
  ENGINE_PARTITIONS(
      "engine.partitions", "2", "partitions of the embedded engine; fixed by the first start"),
  ENGINE_HEAP("engine.heap", "384", "the embedded engine's heap in megabytes"),
  STEPS_CONCURRENCY("steps.concurrency", "64", "how many steps of a plugin run at once"),
  STEPS_CPU_THREADS(
      "steps.cpu-threads", "auto", "threads for steps that compute; auto leaves one processor"),
  PLUGINS_UNSIGNED_IN_FOLDER(
      "plugins.unsigned-in-folder",
      "true",
      "whether a zip in the home folder's `plugins` may lack a signature"),
  NOTICES_EMAIL(
      "notices.email", "", "the connection to tell people by email what waits for their approval"),
  NOTICES_CHAT("notices.chat", "", "the connection to post to a chat what waits for approval"),
  NOTICES_STEP("notices.step", "notify:tell:1", "the step type that sends these messages"),
  LOG_LEVEL("log.level", "info", "error, warn, info or debug"),
  SAMPLE("sample", "true", "whether a new home folder gets the sample site and its first run");

  private final String key;
  private final String standard;
  private final String help;

  SettingKey(String key, String standard, String help) {
    this.key = key;
    this.standard = standard;
    this.help = help;
  }

  /** The name in {@code segue.yaml}, with dots for nesting. */
  String key() {
    return key;
  }

  /** The value where nobody says otherwise; empty for none. */
  String standard() {
    return standard;
  }

  /** What it is, in a line. */
  String help() {
    return help;
  }

  /** The name of the environment variable. */
  String variable() {
    return "SEGUE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The short form, such as {@code engine} for {@code engine.address}. */
  Optional<String> shortForm() {
    return key.endsWith(".address")
        ? Optional.of(key.substring(0, key.length() - ".address".length()))
        : Optional.empty();
  }

  static Optional<SettingKey> of(String key) {
    return Arrays.stream(values())
        .filter(known -> known.key.equals(key) || known.shortForm().filter(key::equals).isPresent())
        .findFirst();
  }

  static Optional<SettingKey> ofVariable(String variable) {
    return Arrays.stream(values())
        .filter(
            known ->
                known.variable().equals(variable)
                    || known
                        .shortForm()
                        .map(form -> "SEGUE_" + form.toUpperCase(Locale.ROOT))
                        .filter(variable::equals)
                        .isPresent())
        .findFirst();
  }
}
