package dev.segue.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.model.InstalledSteps;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What Camunda's Modeler and the editor get to know of installed steps, by HTTP. */
class StepTemplatesIT {

  private static final StepUse.Users NOBODY =
      new StepUse.Users(List.of(), 0, List.of(), 0, List.of());

  @TempDir Path temp;

  @Test
  void eachInstalledStepHasATemplateOfItsPluginsVersion() throws Exception {
    Path dropped = Files.createDirectories(temp.resolve("home"));
    PluginZip.greeter("hello", "1.4.2").build(dropped.resolve("hello.zip"));
    PluginZip.greeter("other", "2.0.0").build(dropped.resolve("other.zip"));
    try (PluginCalls calls = new PluginCalls();
        PluginHost host = host(dropped, calls);
        TestDoor door =
            TestDoor.open(
                (database, people) ->
                    new PluginOperations(host, types -> NOBODY, database, people.audit())
                        .operations())) {
      host.start();
      ApiClient client = door.admin();

      assertThat(client.get("/steps/templates").expect(200)).hasSize(2);
      JsonNode hello = client.get("/steps/templates?plugin=hello").expect(200);
      assertThat(hello).hasSize(1);
      assertThat(hello.get(0).path("id").asString()).isEqualTo("hello:greet:1");
      assertThat(hello.get(0).path("version").asInt()).isEqualTo(1_004_002);
      client.get("/steps/templates?plugin=nobody").problem(404, "not-found");
      door.anybody().get("/steps/templates").problem(401, "unauthenticated");

      JsonNode step = client.get("/steps/hello:greet:1").expect(200);
      assertThat(step.path("template")).isEqualTo(hello.get(0));
      assertThat(step.path("outputs").get(0).path("name").asString()).isEqualTo("text");
      assertThat(step.path("outputs").get(0).path("type").asString()).isEqualTo("string");

      InstalledSteps templates = host.installedSteps();
      assertThat(templates.templateVersion("other:greet:1")).hasValue(2_000_000);
      assertThat(templates.templateVersion("other:greet:2")).isEmpty();
    }
  }

  private PluginHost host(Path dropped, PluginCalls calls) throws Exception {
    PluginsSettings settings =
        new PluginsSettings(
            dropped,
            temp.resolve("distribution"),
            temp.resolve("work"),
            ArchiveLimits.DEFAULTS,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
    return new PluginHost(
        settings,
        new PluginHost.Shared(
            new InMemoryVersions(),
            new InMemoryZips(),
            (zip, signature, allowUnsigned) -> Optional.empty(),
            new NoTrials(),
            new RecordedAlarms()),
        (id, migrations) -> {},
        Map::of,
        calls,
        InstantSource.system());
  }
}
