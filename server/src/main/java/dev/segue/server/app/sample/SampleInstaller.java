package dev.segue.server.app.sample;

import dev.segue.server.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sets up the sample in a new home and starts its first daily optimization. Every act may be
 * repeated, so an installation that was cut off is finished at the next start.
 */
public final class SampleInstaller {

  private static final String SITE = "pizza-place";
  private static final String CONNECTION = "pizza-place-till";
  private static final String WORKFLOW = "daily-optimization";
  private static final ZoneId ZONE = ZoneId.of("America/New_York");

  private final Path distribution;
  private final Path home;
  private final Clock clock;

  /**
   * Makes an installer.
   *
   * @param distribution where the sample and the shipped workflows lie
   * @param home gets the sample's sales, and a mark once all is done
   * @param clock tells what yesterday is
   */
  public SampleInstaller(Path distribution, Path home, Clock clock) {
    this.distribution = distribution;
    this.home = home;
    this.clock = clock;
  }

  /** Whether this home still has to get the sample. */
  public boolean isDue() {
    return Files.isDirectory(distribution.resolve("sample/" + SITE))
        && Files.isDirectory(distribution.resolve("workflows/" + WORKFLOW))
        && Files.notExists(mark());
  }

  /**
   * Installs what is missing.
   *
   * @param server the server's base URL
   * @param token of an administrator
   * @param progress takes a line for each act
   * @return the id of the run that was started
   * @throws IOException if the sample can't be read or the server refuses an act
   * @throws InterruptedException if the server stops
   */
  public String install(URI server, String token, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (SampleApi api = new SampleApi(server, token)) {
      progress.accept("writing the sample's sales up to yesterday");
      Path exports = writeSales();
      progress.accept("setting up the site " + SITE + " and its menu");
      site(api);
      connection(api, exports);
      progress.accept("deploying the workflow " + WORKFLOW);
      api.post(
          "/api/v1/workflows",
          "sample-workflow",
          "application/zip",
          zip(distribution.resolve("workflows/" + WORKFLOW)));
      progress.accept("starting its first run");
      JsonNode run = start(api);
      Files.writeString(mark(), run.path("id").asString() + "\n");
      return run.path("id").asString();
    }
  }

  private Path mark() {
    return home.resolve("sample/installed");
  }

  private Path writeSales() throws IOException {
    Path exports = home.resolve("sample/" + SITE);
    Files.createDirectories(exports);
    LocalDate yesterday = LocalDate.ofInstant(clock.instant(), ZONE).minusDays(1);
    ShiftedSales.write(
        distribution.resolve("sample/" + SITE + "/orders.csv.gz"),
        exports.resolve("orders.csv"),
        yesterday);
    return exports;
  }

  private void site(SampleApi api) throws IOException, InterruptedException {
    if (!api.exists("/api/v1/sites/" + SITE)) {
      ObjectNode site = Json.object();
      site.put("id", SITE);
      site.put("name", "Pizza Place (sample)");
      site.put("zone", ZONE.getId());
      site.put("currency", "USD");
      site.put("country", "US");
      site.put("businessDayEnd", "03:00");
      ObjectNode hours = site.putObject("openingHours");
      for (String day :
          List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")) {
        ArrayNode spans = hours.putArray(day);
        spans.addObject().put("opens", "09:00").put("closes", "00:00");
      }
      api.post("/api/v1/sites", "sample-site", site);
    }
    api.post(
        "/api/v1/sites/" + SITE + "/items",
        "sample-items",
        "text/csv",
        Files.readAllBytes(distribution.resolve("sample/" + SITE + "/menu.csv")));
  }

  private static void connection(SampleApi api, Path exports)
      throws IOException, InterruptedException {
    if (api.exists("/api/v1/connections/" + CONNECTION)) {
      return;
    }
    ObjectNode connection = Json.object();
    connection.put("name", CONNECTION);
    connection.put("type", "pos-files:folder");
    ObjectNode fields = connection.putObject("fields");
    fields.put("folder", exports.toAbsolutePath().toString());
    fields.put("preset", "PIZZA_PLACE");
    api.post("/api/v1/connections", "sample-connection", connection);
  }

  private static JsonNode start(SampleApi api) throws IOException, InterruptedException {
    ObjectNode start = Json.object();
    start.put("workflow", WORKFLOW);
    start.put("site", SITE);
    start
        .putObject("variables")
        .put("posConnection", CONNECTION)
        .put("salesKnownFrom", "SALE")
        .put("brandName", "Pizza Place");
    return api.post("/api/v1/runs", "sample-first-run", start);
  }

  private static byte[] zip(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).sorted().forEach(file -> add(zip, folder, file));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, Path folder, Path file) {
    try {
      ZipEntry entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
      entry.setTime(0);
      zip.putNextEntry(entry);
      Files.copy(file, zip);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
