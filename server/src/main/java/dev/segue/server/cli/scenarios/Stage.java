package dev.segue.server.cli.scenarios;

import dev.segue.practice.ads.PracticePlatform;
import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.scenarios.Scenario.MenuItem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sets up what a scenario gives: a site of its own with its menu, a folder with sales of its past,
 * results of its ads, and connections to that folder, to the mail trap and to an ad platform.
 */
final class Stage {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SALES = "sales";
  private static final String MAIL = "mail";
  private static final String ADS = "ads";
  private static final String PLATFORM = "platform";

  private final ApiClient api;
  private final ScenarioFile file;
  private final ObjectNode site;
  private final Placeholders placeholders;
  private final PracticePlatform platform;
  private final Clock clock;

  /**
   * Prepares a scenario's stage; nothing is set up yet.
   *
   * @param clock by which the site's day is reckoned
   * @param platform keeps its ads; its token is the scenario's name
   */
  Stage(ApiClient api, ScenarioFile file, Clock clock, PracticePlatform platform) {
    this.api = api;
    this.platform = platform;
    this.clock = clock;
    this.file = file;
    this.site = site(file);
    Map<String, String> names = new LinkedHashMap<>();
    names.put(SALES, siteId() + "-" + SALES);
    names.put(MAIL, siteId() + "-" + MAIL);
    names.put(ADS, siteId() + "-" + ADS);
    names.put(PLATFORM, siteId() + "-" + PLATFORM);
    this.placeholders = new Placeholders(today(site, clock), names);
  }

  private static ObjectNode site(ScenarioFile file) {
    ObjectNode site = Json.object();
    site.put("id", "scenario-" + file.name());
    site.put("name", file.title());
    site.put("zone", "Europe/Berlin");
    site.put("currency", "EUR");
    site.put("businessDayEnd", "04:00");
    site.setAll((ObjectNode) JSON.valueToTree(file.given().siteFields()));
    return site;
  }

  private static LocalDate today(ObjectNode site, Clock clock) {
    ZonedDateTime now = clock.instant().atZone(ZoneId.of(Json.text(site, "zone")));
    LocalTime dayEnds = LocalTime.parse(Json.text(site, "businessDayEnd"));
    return now.toLocalTime().isBefore(dayEnds) ? now.toLocalDate().minusDays(1) : now.toLocalDate();
  }

  String siteId() {
    return Json.text(site, "id");
  }

  /**
   * Sets everything up.
   *
   * @param folder a folder of this scenario's own, for its sales
   * @param mail takes its mail
   */
  void setUp(Path folder, MailTrap mail) {
    api.post(ApiPath.of("sites"), site);
    for (MenuItem item : file.given().menuItems()) {
      ObjectNode content = Json.object().put("name", item.name());
      content.put("price", item.price()).put("unitCost", item.cost());
      api.put(ApiPath.of("sites", siteId(), "items", item.item()), content, null);
    }
    writeSales(folder);
    connect(
        SALES,
        "pos-files:folder",
        Json.object().put("folder", folder.toString()).put("preset", "GENERIC"));
    connectAds(folder.resolve(ADS));
    pushAdMetrics();
    connect(
        MAIL,
        "notify:smtp",
        Json.object()
            .put("host", "127.0.0.1")
            .put("port", mail.port())
            .put("tls", "NONE")
            .put("from", "office@example.com"));
  }

  private void writeSales(Path folder) {
    Scenario.Given given = file.given();
    try {
      Files.createDirectories(folder);
      if (!given.menuItems().isEmpty() && given.daysOfSales() > 0) {
        LocalDate yesterday = placeholders.today().minusDays(1);
        Files.writeString(
            folder.resolve("sales.csv"),
            SalesExport.csv(given.menuItems(), yesterday, given.daysOfSales()));
      }
      for (Map.Entry<String, String> further : given.furtherFiles().entrySet()) {
        Files.write(
            folder.resolve(further.getKey()),
            placeholders.in(further.getValue()).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw CliException.failed("sales can't be written to " + folder + ": " + e.getMessage(), e);
    }
  }

  private void connectAds(Path folder) {
    int days = file.given().daysOfAds();
    if (days > 0) {
      writeAds(folder, days);
      connect(ADS, "ads-files:folder", Json.object().put("folder", folder.toString()));
    }
    if (days > 0 || file.given().adMetrics() != null) {
      connect(
          PLATFORM,
          "ads-practice:account",
          Json.object().put("address", platform.address().toString()),
          Json.object().put("token", file.name()));
    }
  }

  private void writeAds(Path folder, int days) {
    try {
      LocalDate yesterday = placeholders.today().minusDays(1);
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("ads.csv"), AdsExport.csv(yesterday, days, file.given().daysOfFall()));
    } catch (IOException e) {
      throw CliException.failed("ads can't be written to " + folder + ": " + e.getMessage(), e);
    }
  }

  private void pushAdMetrics() {
    Scenario.AdMetrics wanted = file.given().adMetrics();
    if (wanted == null) {
      return;
    }
    api.upload(
        ApiPath.of("metrics"),
        "application/x-ndjson",
        AdMetricLines.of(siteId(), wanted, clock.instant()).getBytes(StandardCharsets.UTF_8));
    api.patch(
        ApiPath.of("metrics", AdMetricLines.RATIO),
        Json.object().put("title", "Cost per conversion").put("unit", "EUR"),
        null);
  }

  private void connect(String name, String type, ObjectNode fields) {
    connect(name, type, fields, Json.object());
  }

  private void connect(String name, String type, ObjectNode fields, ObjectNode secrets) {
    ObjectNode connection = Json.object();
    connection.put("name", Objects.requireNonNull(placeholders.names().get(name)));
    connection.put("type", type);
    connection.set("fields", fields);
    connection.set("secrets", secrets);
    api.post(ApiPath.of("connections"), connection);
  }

  /** Starts the run, and gives its id. */
  String start(String workflow) {
    ObjectNode start = Json.object().put("workflow", workflow).put("site", siteId());
    start.set("variables", JSON.valueToTree(placeholders.inAll(file.given().startVariables())));
    return Json.text(api.post(ApiPath.of("runs"), start), "id");
  }

  /** Gives an item another price in the catalogue. */
  void changePrice(String item, BigDecimal price) {
    api.patch(
        ApiPath.of("sites", siteId(), "items", item), Json.object().put("price", price), null);
  }

  /** Gives a campaign another daily budget at the ad platform. */
  void changeBudget(String campaign, BigDecimal budget) {
    platform.override("campaign-budget", campaign, budget.toPlainString());
  }
}
