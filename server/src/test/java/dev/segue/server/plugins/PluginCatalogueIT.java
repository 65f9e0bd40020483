package dev.segue.server.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.catalogue.Catalogue;
import dev.segue.runtime.catalogue.CatalogueIndex;
import dev.segue.runtime.check.PluginSignature;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Plugins are found in signed catalogues and installed from them by name and range. */
class PluginCatalogueIT {

  private static final String KEYS = PluginSignature.newKeys();
  private static final String LIST = "/plugins/" + Catalogue.FILE;

  @TempDir private Path temp;
  private final PluginCalls calls = new PluginCalls();
  private final List<Path> zips = new ArrayList<>();
  private Path shelf;
  private HttpServer shop;
  private PluginHost host;
  private TestDoor door;
  private ApiClient admin;

  @BeforeEach
  void open() throws IOException {
    shelf = Files.createDirectories(temp.resolve("plugins"));
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext("/", this::serve);
    shop.start();
    PluginsSettings settings =
        new PluginsSettings(
            temp.resolve("home-plugins"),
            temp.resolve("distribution"),
            temp.resolve("work"),
            ArchiveLimits.DEFAULTS,
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    door =
        TestDoor.open(
            (database, people) -> {
              try {
                host = PluginHost.of(settings, database, (id, more) -> {}, Map::of, calls);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return new PluginOperations(
                      host,
                      types -> new StepUse.Users(List.of(), 0, List.of(), 0, List.of()),
                      database,
                      people.audit())
                  .operations();
            });
    host.start();
    admin = door.admin();
  }

  @AfterEach
  void close() throws Exception {
    shop.stop(0);
    host.close();
    calls.close();
    door.close();
  }

  @Test
  void whatACatalogueOffersIsFoundAndInstalledByNameAndRange() throws Exception {
    offer(PluginZip.greeter("hello", "1.0.0"), PluginZip.greeter("hello", "1.2.0"));
    offer(PluginZip.greeter("hello", "2.0.0").descriptor("plugin.requires", ">=99.0.0"));
    offer(PluginZip.greeter("hello", "1.3.0-rc.1"));
    offer(PluginZip.greeter("pigeons", "0.1.0").descriptor("plugin.description", "Post by bird"));
    publish();
    trust();
    JsonNode added = add("guild", address()).expect(201);
    assertThat(added.path("plugins").asInt()).isEqualTo(2);

    JsonNode found = admin.get("/plugin-offers?q=bird").expect(200);
    assertThat(found.path("items")).hasSize(1);
    JsonNode pigeons = found.path("items").get(0);
    assertThat(pigeons.path("id").asString()).isEqualTo("pigeons");
    assertThat(pigeons.path("version").asString()).isEqualTo("0.1.0");
    assertThat(pigeons.path("installed").asString()).isEmpty();
    assertThat(pigeons.path("signedBy").asString()).isEqualTo("The guild");

    JsonNode preview = install("hello", Map.of("range", "1.0.0", "preview", true)).expect(200);
    assertThat(preview.path("version").asString()).isEqualTo("1.0.0");
    admin.get("/plugins/hello").problem(404, "not-found");

    JsonNode old = install("hello", Map.of("range", "1.0.0")).expect(201);
    assertThat(old.path("version").asString()).isEqualTo("1.0.0");
    assertThat(old.path("signedBy").path("name").asString()).isEqualTo("The guild");
    JsonNode updates = admin.get("/plugin-offers?updates=true").expect(200).path("items");
    assertThat(updates).hasSize(1);
    assertThat(updates.get(0).path("version").asString())
        .as("the newest release that works with this server")
        .isEqualTo("1.2.0");
    install("hello", Map.of()).expect(201);
    assertThat(admin.get("/plugins/hello").expect(200).path("version").asString())
        .isEqualTo("1.2.0");
    assertThat(admin.get("/plugin-offers?updates=true").expect(200).path("items")).isEmpty();
    assertThat(admin.get("/audit?action=plugin.install").expect(200).toString()).contains("guild");
  }

  @Test
  void aFolderIsACatalogueAsWellAndTheOlderOneCounts() throws Exception {
    offer(PluginZip.greeter("hello", "1.0.0"));
    publish();
    trust();
    add("shared", shelf.toString()).expect(201);
    add("web", address()).expect(201);

    JsonNode items = admin.get("/plugin-offers").expect(200).path("items");

    assertThat(items).hasSize(1);
    assertThat(items.get(0).path("catalogue").asString()).isEqualTo("shared");
    install("hello", Map.of()).expect(201);
    assertThat(add("web", address()).problem(409, "conflict")).contains("already");
    admin.delete("/plugin-catalogues/shared").expect(204);
    admin.delete("/plugin-catalogues/shared").problem(404, "not-found");
    assertThat(admin.get("/plugin-catalogues").expect(200).path("items")).hasSize(1);
    assertThat(admin.get("/plugins/hello").expect(200).path("state").asString())
        .as("what was installed stays")
        .isEqualTo("enabled");
  }

  @Test
  void aListThatNoTrustedKeySpeaksForIsNotAdded() throws Exception {
    offer(PluginZip.greeter("hello", "1.0.0"));
    publish();
    assertRefused("which isn't trusted here");
    trust();
    Path list = shelf.resolve(Catalogue.FILE);
    String original = Files.readString(list);

    Files.writeString(list, original.replace("1.0.0", "9.0.0"));
    assertRefused("it was altered");
    Files.writeString(list, original);
    Path signature = shelf.resolve(Catalogue.FILE + ".sig");
    Files.writeString(signature, "not a signature");
    assertRefused("holds no signature");
    Files.delete(signature);
    assertRefused("status 404");
    sign("{\"format\": 7}");
    assertRefused("no index of plugins in format 1");
    sign(" ".repeat(Catalogue.MOST_BYTES + 1));
    assertRefused("more than " + Catalogue.MOST_BYTES);
    assertThat(admin.get("/plugin-catalogues").expect(200).path("items")).isEmpty();
  }

  @Test
  void placesThatCanNotBeTrustedAreRefused() {
    Map.of(
            "http://plugins.example.com/",
            "https://",
            "ftp://example.com/",
            "https://",
            "https://me:secret@example.com/",
            "no password",
            "plugins",
            "absolute path",
            shelf.resolve("missing").toString(),
            "no file")
        .forEach(
            (place, words) ->
                assertThat(add("guild", place).problem(422, "invalid"))
                    .as(place)
                    .contains(words)
                    .contains("place"));
    assertThat(add("guild", url("/away/")).problem(422, "invalid"))
        .contains("ftp://example.com", "Nothing is fetched from there");
    assertThat(add("guild", url("/round/")).problem(422, "invalid")).contains("leads on more than");
    shop.stop(0);
    assertThat(add("guild", address()).problem(422, "invalid")).contains("can't be reached");
  }

  @Test
  void aZipThatIsNotTheOneOnTheListIsNotInstalled() throws Exception {
    offer(PluginZip.greeter("hello", "1.0.0"));
    publish();
    trust();
    add("guild", address()).expect(201);
    PluginZip.greeter("hello", "1.0.0").entry("evil", "x").build(zips.getFirst());

    assertThat(install("hello", Map.of()).problem(409, "conflict"))
        .contains("isn't the one that the catalogue guild lists");
    Files.delete(zips.getFirst());
    assertThat(install("hello", Map.of()).problem(409, "conflict")).contains("status 404");

    admin.get("/plugins/hello").problem(404, "not-found");
  }

  @Test
  void whatIsNotOnOfferIsSaid() throws Exception {
    offer(PluginZip.greeter("hello", "1.0.0"));
    offer(PluginZip.greeter("future", "1.0.0").descriptor("plugin.requires", ">=99.0.0"));
    publish();
    trust();
    add("guild", address()).expect(201);

    assertThat(install("helo", Map.of()).problem(404, "not-found")).contains("plugins search");
    assertThat(install("hello", Map.of("range", "^2.0")).problem(422, "invalid"))
        .contains("range", "on offer are 1.0.0");
    assertThat(install("hello", Map.of("range", "newest please")).problem(422, "invalid"))
        .contains("range");
    assertThat(install("future", Map.of()).problem(422, "invalid")).contains(">=99.0.0");

    shop.stop(0);
    JsonNode offline = admin.get("/plugin-offers").expect(200);
    assertThat(offline.path("items")).isEmpty();
    assertThat(offline.path("unusable").get(0).path("reason").asString())
        .contains("can't be reached");
  }

  private void assertRefused(String words) {
    assertThat(add("guild", address()).problem(422, "invalid")).contains("place").contains(words);
  }

  private ApiClient.Answer add(String name, String place) {
    return admin.post("/plugin-catalogues", Map.of("name", name, "place", place));
  }

  private ApiClient.Answer install(String plugin, Map<String, Object> wish) {
    return admin.post("/plugin-offers/" + plugin + "/installation", wish);
  }

  private void trust() {
    admin
        .post(
            "/plugin-keys",
            Map.of(
                "name",
                "The guild",
                "publicKey",
                PluginSignature.publicPem(PluginSignature.publicKey(KEYS))))
        .expect(201);
  }

  private void offer(PluginZip... built) {
    for (PluginZip zip : built) {
      zips.add(zip.build(shelf.resolve("plugin-" + zips.size() + ".zip")));
    }
  }

  private void publish() throws Exception {
    sign(new String(CatalogueIndex.of("Plugins of the guild", zips), UTF_8));
  }

  private void sign(String list) throws IOException {
    Files.writeString(shelf.resolve(Catalogue.FILE), list);
    Files.writeString(
        shelf.resolve(Catalogue.FILE + ".sig"),
        PluginSignature.sign(KEYS, list.getBytes(UTF_8)).toString());
  }

  private String address() {
    return url("/plugins/");
  }

  private String url(String path) {
    return "http://127.0.0.1:" + shop.getAddress().getPort() + path;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Path file = temp.resolve(path.substring(1));
    if (path.startsWith("/away/")) {
      exchange.getResponseHeaders().set("Location", "ftp://example.com" + LIST);
      exchange.sendResponseHeaders(302, -1);
    } else if (path.startsWith("/round/")) {
      exchange.getResponseHeaders().set("Location", path);
      exchange.sendResponseHeaders(302, -1);
    } else if (Files.isRegularFile(file)) {
      exchange.sendResponseHeaders(200, Files.size(file));
      Files.copy(file, exchange.getResponseBody());
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
  }
}
