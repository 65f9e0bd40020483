package dev.segue.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.check.PluginSignature;
import dev.segue.server.storage.Database;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Plugins are installed, upgraded and removed through the door of two servers. */
class PluginAdministrationIT {

  private static final String GREET = "hello:greet:1";

  @TempDir Path temp;
  private final PluginCalls calls = new PluginCalls();
  private final AtomicInteger built = new AtomicInteger();
  private final List<PluginHost> hosts = new ArrayList<>();
  private StepUse.Users users = new StepUse.Users(List.of(), 0, List.of(), 0, List.of());
  private TestDoor door;
  private ApiClient admin;

  @BeforeEach
  void open() {
    door =
        TestDoor.open(
            (database, people) -> {
              hosts.add(host(database, "one"));
              hosts.add(host(database, "two"));
              return new PluginOperations(
                      hosts.getFirst(), types -> users, database, people.audit())
                  .operations();
            });
    hosts.forEach(PluginHost::start);
    admin = door.admin();
  }

  @AfterEach
  void close() throws Exception {
    hosts.forEach(PluginHost::close);
    calls.close();
    door.close();
  }

  private PluginHost host(Database database, String name) {
    PluginsSettings settings =
        new PluginsSettings(
            temp.resolve(name).resolve("plugins"),
            temp.resolve("distribution"),
            temp.resolve(name).resolve("work"),
            ArchiveLimits.DEFAULTS,
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    try {
      return PluginHost.of(settings, database, (id, migrations) -> {}, Map::of, calls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatOneServerInstallsAndRemovesAllDo() {
    JsonNode made = install(PluginZip.greeter("hello", "1.0.0")).expect(201);
    assertThat(made.path("state").asString()).isEqualTo("enabled");
    assertThat(made.path("source").asString()).isEqualTo("upload");
    everyServerServes("1.0.0");

    install(PluginZip.greeter("hello", "1.1.0")).expect(201);
    everyServerServes("1.1.0");

    admin.post("/plugins/hello/rollback", Map.of()).expect(200);
    everyServerServes("1.0.0");
    admin.post("/plugins/hello/versions/1.1.0/enablement", Map.of()).expect(200);
    everyServerServes("1.1.0");
    admin.post("/plugins/hello/versions/1.1.0/disablement", Map.of()).expect(200);
    everyServerServes("1.0.0");

    admin.delete("/plugins/hello/versions/1.0.0").expect(204);
    admin.delete("/plugins/hello/versions/1.1.0").expect(204);
    everyServerServes(null);
    assertThat(admin.get("/audit?limit=20").expect(200).toString())
        .contains(
            "plugin.install",
            "plugin.roll-back",
            "plugin.enable",
            "plugin.disable",
            "plugin.remove");
  }

  @Test
  void whatIsQuarantinedServesNowhereUntilItIsEnabled() {
    install(PluginZip.greeter("hello", "1.0.0")).expect(201);
    install(PluginZip.greeter("hello", "1.1.0")).expect(201);
    everyServerServes("1.1.0");
    users = new StepUse.Users(List.of("daily-bread"), 3, List.of(), 0, List.of());

    String path = "/plugins/hello/versions/1.1.0/quarantine";
    admin.post(path, Map.of()).problem(400, "bad-request");
    JsonNode held =
        admin.post(path, Map.of("reason", "It writes to the wrong account.")).expect(200);

    assertThat(held.path("state").asString()).isEqualTo("quarantined");
    assertThat(held.path("message").asString()).isEqualTo("It writes to the wrong account");
    everyServerServes("1.0.0");
    assertThat(
            door.database()
                .jooq()
                .fetchValue(
                    "select message from segue.alarm where kind = 'plugin-quarantined'"
                        + " and subject = 'hello 1.1.0' and cleared_at is null"))
        .asString()
        .startsWith("The plugin hello 1.1.0 is quarantined: It writes to the wrong account.");
    assertThat(admin.get("/audit?limit=20").expect(200).toString()).contains("plugin.quarantine");

    admin.post("/plugins/hello/versions/1.1.0/enablement", Map.of()).expect(200);
    everyServerServes("1.1.0");
  }

  @Test
  void aRefusalSaysWhyAndChangesNothing() {
    install(PluginZip.greeter("hello", "1.0.0")).expect(201);

    assertThat(
            admin
                .upload(
                    "/plugins?allowUnsigned=true",
                    "application/zip",
                    "no zip".getBytes(StandardCharsets.UTF_8))
                .problem(422, "invalid"))
        .contains("no readable zip");
    assertThat(
            install(PluginZip.greeter("hello", "1.0.0").entry("more", "x")).problem(422, "invalid"))
        .contains("hello 1.0.0 is installed already");
    assertThat(
            install(PluginZip.of("hello", "2.0.0", "no.Such").entry("x", "x"))
                .problem(422, "invalid"))
        .contains("no.Such");
    assertThat(admin.post("/plugins/hello/rollback", Map.of()).problem(409, "conflict"))
        .contains("no version of the plugin hello before 1.0.0");
    admin.post("/plugins/hello/versions/9.0.0/enablement", Map.of()).problem(404, "not-found");

    JsonNode plugin = admin.get("/plugins/hello").expect(200);
    assertThat(plugin.path("versions")).hasSize(1);
    assertThat(plugin.path("state").asString()).isEqualTo("enabled");
  }

  @Test
  void aPreviewTellsWhatChangesAndInstallsNothing() {
    JsonNode first = preview(PluginZip.greeter("hello", "1.0.0"));
    assertThat(first.path("installedVersion").isNull()).isTrue();
    assertThat(first.path("capabilities").toString()).contains("\"effect\",\"name\":\"NONE\"");
    assertThat(admin.get("/plugins").expect(200).path("items")).isEmpty();

    install(PluginZip.greeter("hello", "1.0.0")).expect(201);
    users = new StepUse.Users(List.of("daily-bread"), 3, List.of(), 2, List.of());
    JsonNode second =
        preview(
            PluginZip.of("hello", "1.0.1", "greet.Other")
                .source(
                    "greet.Other",
                    """
                    package greet;
                    import dev.segue.sdk.*;
                    public final class Other implements SeguePlugin {
                      @Override public void describe(Catalog catalog) { catalog.step(new Greet()); }
                      @StepInfo(name = "greet", title = "Greet", effect = Effect.READ)
                      static final class Greet implements Step<Greet.Input, Greet.Output> {
                        record Input(int name, String site) {}
                        record Output(String text) {}
                        @Override public Output run(Input input, StepContext context) {
                          return new Output("Hi");
                        }
                      }
                    }
                    """));

    assertThat(second.path("installedVersion").asString()).isEqualTo("1.0.0");
    assertThat(second.path("asks").asString()).isEqualTo("major");
    assertThat(second.path("versionFits").asBoolean()).isFalse();
    assertThat(second.path("changes").valueStream().map(PluginAdministrationIT::inShort))
        .contains(
            "hello:greet:1  its effect was NONE and is READ now: major",
            "hello:greet:1 input.name its type was string and is integer now: major",
            "hello:greet:1 input.site is new and required: major",
            "hello:greet:1 output.version is gone: major");
    assertThat(second.path("users").path("approvals").asInt()).isEqualTo(2);
    assertThat(second.path("users").path("workflows").toString()).contains("daily-bread");
    everyServerServes("1.0.0");
  }

  @Test
  void aPreviewNamesHostsSecretsEffectsAndTables() {
    JsonNode preview =
        preview(
            PluginZip.of("shop", "1.0.0", "shop.Shop")
                .entry("classes/db/migration/V1__stock.sql", "create table stock (item text);")
                .source(
                    "shop.Shop",
                    """
                    package shop;
                    import dev.segue.sdk.*;
                    import java.util.Set;
                    public final class Shop implements SeguePlugin {
                      @Override public void describe(Catalog catalog) {
                        catalog.connection(Till.class);
                        catalog.step(new Sell());
                      }
                      enum Place { TEST, LIVE }
                      @ConnectionInfo(name = "till", title = "Till")
                      record Till(Place place, String proxy, Secret token) implements ConnectionType {
                        @Override public Set<String> hosts() {
                          return place == Place.TEST
                              ? Set.of("test.shop.example")
                              : Set.of("shop.example", proxy + ":8080");
                        }
                        @Override public ConnectionCheck test(StepContext context) {
                          return new ConnectionCheck(true, "");
                        }
                      }
                      @StepInfo(name = "sell", title = "Sell", effect = Effect.SEND)
                      static final class Sell implements Step<Sell.Input, Sell.Output> {
                        record Input(Till till) {}
                        record Output(String text) {}
                        @Override public Output run(Input input, StepContext context) {
                          return new Output("Sold");
                        }
                        @Override public Output simulate(Input input, StepContext context) {
                          return new Output("Sold");
                        }
                      }
                    }
                    """));

    assertThat(preview.path("trust").asString()).isEqualTo("unsigned");
    assertThat(preview.path("capabilities").valueStream().map(PluginAdministrationIT::asked))
        .containsExactlyInAnyOrder(
            "effect SEND",
            "connection shop:till",
            "secret shop:till.token",
            "host test.shop.example",
            "host shop.example",
            "host as the account says",
            "data plugin_shop");
  }

  private static String asked(JsonNode capability) {
    return capability.path("kind").asString() + " " + capability.path("name").asString();
  }

  private static String inShort(JsonNode change) {
    return "%s %s %s: %s"
        .formatted(
            change.path("subject").asString(),
            change.path("field").asString(),
            change.path("message").asString(),
            change.path("asks").asString());
  }

  private JsonNode preview(PluginZip zip) {
    return admin.upload("/plugins?preview=true", "application/zip", bytes(zip)).expect(200);
  }

  @Test
  void onlyTrustedKeysSign() {
    String ours = PluginSignature.newKeys();
    String theirs = PluginSignature.newKeys();
    String pem = PluginSignature.publicPem(PluginSignature.publicKey(ours));
    byte[] zip = bytes(PluginZip.greeter("hello", "1.0.0"));
    byte[] altered = bytes(PluginZip.greeter("hello", "1.0.0").entry("more", "x"));
    String id =
        admin
            .post("/plugin-keys", Map.of("name", "Bakers", "publicKey", pem))
            .expect(201)
            .path("id")
            .asString();
    admin
        .post("/plugin-keys", Map.of("name", "Nobody", "publicKey", "no key"))
        .problem(422, "invalid");

    assertThat(admin.upload("/plugins", "application/zip", zip).problem(422, "invalid"))
        .contains("isn't signed", "allowUnsigned");
    assertThat(signed(theirs, zip, zip).problem(422, "invalid")).contains("isn't trusted here");
    assertThat(signed(ours, zip, altered).problem(422, "invalid"))
        .contains("Bakers", "its bytes were altered");
    assertThat(admin.get("/plugins").expect(200).path("items")).isEmpty();

    JsonNode preview =
        admin
            .upload(
                "/plugins?preview=true&signature=" + PluginSignature.sign(ours, zip),
                "application/zip",
                zip)
            .expect(200);
    assertThat(preview.path("trust").asString()).isEqualTo("signed by Bakers (key " + id + ")");
    JsonNode installed = signed(ours, zip, zip).expect(201);
    assertThat(installed.path("signedBy").path("key").asString()).isEqualTo(id);
    assertThat(admin.get("/audit?limit=20").expect(200).toString())
        .contains("plugin-key.add", "\"signedBy\":\"" + id + "\"");

    admin.delete("/plugin-keys/" + id).expect(204);
    admin.delete("/plugin-keys/" + id).problem(404, "not-found");
    assertThat(signed(ours, zip, zip).problem(422, "invalid")).contains("isn't trusted here");
  }

  private ApiClient.Answer signed(String keys, byte[] what, byte[] sent) {
    return admin.upload(
        "/plugins?signature=" + PluginSignature.sign(keys, what), "application/zip", sent);
  }

  @Test
  void whatIsInUseIsOnlyRemovedByForce() {
    install(PluginZip.greeter("hello", "1.0.0")).expect(201);
    users = new StepUse.Users(List.of("daily-bread"), 3, List.of(), 0, List.of());

    assertThat(admin.delete("/plugins/hello/versions/1.0.0").problem(409, "conflict"))
        .contains(GREET, "daily-bread", "3 active runs", "force");
    everyServerServes("1.0.0");

    admin.delete("/plugins/hello/versions/1.0.0?force=true").expect(204);
    everyServerServes(null);
  }

  private ApiClient.Answer install(PluginZip zip) {
    return admin.upload("/plugins?allowUnsigned=true", "application/zip", bytes(zip));
  }

  private byte[] bytes(PluginZip zip) {
    try {
      return Files.readAllBytes(zip.build(temp.resolve(built.incrementAndGet() + ".zip")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void everyServerServes(String version) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(hosts)
                    .allSatisfy(
                        host ->
                            assertThat(host.steps().pluginVersion(GREET).orElse(null))
                                .isEqualTo(version)));
  }
}
