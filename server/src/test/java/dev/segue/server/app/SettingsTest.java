package dev.segue.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.bpmn.engine.zeebe.EngineSettings;
import dev.segue.server.app.Settings.DatabaseChoice;
import dev.segue.server.app.Settings.EngineChoice;
import dev.segue.server.notices.NoticeSettings;
import dev.segue.server.storage.DatabaseAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void hasAStandardForEverything() throws Exception {
    assertThat(read("", Map.of(), Map.of()))
        .isEqualTo(
            new Settings(
                new Settings.Http("127.0.0.1", 8585, false, null),
                new DatabaseChoice.Embedded(),
                24,
                new EngineChoice.Embedded(2, 384, false),
                64,
                Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
                true,
                NoticeSettings.of(null, null, "notify:tell:1"),
                "info",
                true));
  }

  @Test
  void takesEverySettingFromTheFile() throws Exception {
    String yaml =
        """
        http:
          host: 0.0.0.0
          port: 80
          secure-cookies: true
          public-url: https://segue.example.com/
        database:
          address: jdbc:postgresql://db:5432/segue
          user: keeper
          password: "s3cret # not a comment"
          connections: 12
        engine:
          address: zeebes://zeebe.example.com
          rest-address: https://rest.example.com
          ca-certificate: /etc/ca.pem
          authority: zeebe.internal
          oauth:
            token-url: https://login.example.com/token
            client-id: segue
            client-secret: hush
            audience: zeebe
            scope: all
          gateway: closed
          partitions: 3
          heap: 512
        steps:
          concurrency: 8
          cpu-threads: 4
        plugins.unsigned-in-folder: false
        notices:
          email: office-mail
          chat: kitchen
          step: pigeon:send:2
        log.level: debug
        sample: false
        """;
    Settings settings = read(yaml, Map.of(), Map.of());
    assertThat(settings.http())
        .isEqualTo(new Settings.Http("0.0.0.0", 80, true, "https://segue.example.com"));
    assertThat(settings.database())
        .isEqualTo(
            new DatabaseChoice.External(
                new DatabaseAddress(
                    "jdbc:postgresql://db:5432/segue", "keeper", "s3cret # not a comment")));
    assertThat(settings.databaseConnections()).isEqualTo(12);
    assertThat(settings.notices())
        .isEqualTo(NoticeSettings.of("office-mail", "kitchen", "pigeon:send:2"));
    EngineSettings engine = ((EngineChoice.External) settings.engine()).settings();
    assertThat(engine.grpcAddress()).isEqualTo(URI.create("https://zeebe.example.com:26500"));
    assertThat(engine.restAddress()).isEqualTo(URI.create("https://rest.example.com"));
    assertThat(engine.tls().caCertificate()).isEqualTo(Path.of("/etc/ca.pem"));
    assertThat(engine.tls().overrideAuthority()).isEqualTo("zeebe.internal");
    assertThat(engine.oauth().clientId()).isEqualTo("segue");
    assertThat(engine.oauth().audience()).isEqualTo("zeebe");
    assertThat(engine.oauth().scope()).isEqualTo("all");
    assertThat(settings.stepConcurrency()).isEqualTo(8);
    assertThat(settings.cpuThreads()).isEqualTo(4);
    assertThat(settings.unsignedInFolder()).isFalse();
    assertThat(settings.logLevel()).isEqualTo("debug");
    assertThat(settings.sample()).isFalse();
  }

  @Test
  void theEnvironmentWinsOverTheFileAndAnOptionOverBoth() throws Exception {
    String yaml = "http.port: 1001\nhttp.host: localhost";
    Map<String, String> environment = Map.of("SEGUE_HTTP_PORT", "1002", "PATH", "/bin");
    assertThat(read(yaml, environment, Map.of()).http().port()).isEqualTo(1002);
    Settings.Http http = read(yaml, environment, Map.of("http.port", "1003")).http();
    assertThat(http).isEqualTo(new Settings.Http("localhost", 1003, false, null));
  }

  @Test
  void addressesHaveAShortForm() throws Exception {
    Map<String, String> environment = Map.of("SEGUE_DATABASE", "jdbc:postgresql://db/segue");
    Settings settings = read("engine: zeebe://somewhere:26501", environment, Map.of());
    assertThat(((EngineChoice.External) settings.engine()).settings().grpcAddress())
        .isEqualTo(URI.create("http://somewhere:26501"));
    assertThat(settings.database()).isInstanceOf(DatabaseChoice.External.class);
  }

  @Test
  void refusesWhatItDoesNotKnowAndSaysWhere() {
    assertThatThrownBy(
            () ->
                read(
                    "http:\n  port: 80\n  colour: red\n",
                    Map.of("SEGUE_HTPP_PORT", "80"),
                    Map.of("http.prot", "80")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("segue.yaml line 3: there is no setting http.colour")
        .hasMessageContaining("environment variable SEGUE_HTPP_PORT")
        .hasMessageContaining("option http.prot")
        .hasMessageContaining("http.port");
  }

  @Test
  void refusesBadValuesAllAtOnceAndSaysWhere() {
    String yaml =
        """
        http:
          port: many
          secure-cookies: maybe
        database: mysql://db
        engine: http://zeebe
        steps.concurrency: 0
        log.level: loud
        """;
    assertThatThrownBy(() -> read(yaml, Map.of(), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "segue.yaml line 2: http.port must be a whole number from 0 to 65535, not 'many'")
        .hasMessageContaining("segue.yaml line 3: http.secure-cookies must be false or true")
        .hasMessageContaining("segue.yaml line 4: database.address must be embedded or jdbc")
        .hasMessageContaining("segue.yaml line 5: engine.address must be embedded, zeebe://")
        .hasMessageContaining("segue.yaml line 6: steps.concurrency")
        .hasMessageContaining("segue.yaml line 7: log.level");
  }

  @Test
  void refusesBrokenYamlDoubtfulYamlAndLists() {
    assertThatThrownBy(() -> read("http: {port: 80\n", Map.of(), Map.of()))
        .hasMessageContaining("segue.yaml line");
    assertThatThrownBy(() -> read("http.port: 80\nhttp:\n  port: 81\n", Map.of(), Map.of()))
        .hasMessageContaining("line 3: http.port is set twice");
    assertThatThrownBy(() -> read("http:\n  port: [80, 81]\n", Map.of(), Map.of()))
        .hasMessageContaining("line 2: port takes one value");
  }

  @Test
  void keepsSecretsOutOfMessages() {
    assertThatThrownBy(
            () -> read("database: jdbc:postgresql://db/segue?password=hush\n", Map.of(), Map.of()))
        .hasMessageNotContaining("hush");
    assertThatThrownBy(
            () ->
                read(
                    "engine:\n  address: zeebe://z\n  oauth:\n    token-url: https://t/\n",
                    Map.of(),
                    Map.of()))
        .hasMessageContaining("engine.oauth.client-secret must be set");
  }

  @Test
  void everySettingIsDocumentedAndNamedByOneVariable() {
    assertThat(SettingKey.values()).allSatisfy(key -> assertThat(key.help()).isNotBlank());
    assertThat(Arrays.stream(SettingKey.values()).map(SettingKey::variable))
        .doesNotHaveDuplicates();
    assertThat(SettingKey.HTTP_SECURE_COOKIES.variable()).isEqualTo("SEGUE_HTTP_SECURE_COOKIES");
  }

  private static Settings read(
      String yaml, Map<String, String> environment, Map<String, String> flags)
      throws SettingsException {
    return Settings.read(yaml, environment, flags);
  }
}
