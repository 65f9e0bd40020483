package dev.segue.server.cli.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScenariosTest {

  private static final Path SHIPPED = Path.of("../workflows/daily-optimization");

  @Test
  void readsTheScenariosOfCampaigns() {
    assertThat(ScenarioFile.of(Path.of("../workflows/campaign-tuning")))
        .extracting(ScenarioFile::name)
        .contains("approved", "rejected", "stale", "worse", "infeasible", "escalated");
  }

  @Test
  void readsTheScenariosOfAlerts() {
    assertThat(ScenarioFile.of(Path.of("../workflows/performance-alert")))
        .extracting(ScenarioFile::name)
        .contains("recovered", "approved", "withdrawn", "rejected", "escalated", "nodata");
  }

  @Test
  void readsEveryShippedScenario() {
    assertThat(ScenarioFile.of(SHIPPED))
        .extracting(ScenarioFile::name)
        .contains("approved", "rejected", "stale", "unfit", "nothing", "escalated");
  }

  @Test
  void saysWhereToLookForScenarios() {
    assertThatThrownBy(() -> ScenarioFile.of(Path.of("src")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("has no folder scenarios");
  }

  @Test
  void fillsInDaysAndNamesAtAnyDepth() {
    Placeholders placeholders =
        new Placeholders(LocalDate.parse("2026-03-01"), Map.of("mail", "site-mail"));
    assertThat(placeholders.inAll(Map.of("a", List.of("${today-1} and ${mail}", 5))))
        .isEqualTo(Map.of("a", List.of("2026-02-28 and site-mail", 5)));
    assertThatThrownBy(() -> placeholders.in("${sale}"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("stands for nothing");
  }

  @Test
  void exportsAnOrderPerItemAndDay() {
    Scenario.MenuItem pasta =
        new Scenario.MenuItem("pasta", "Pasta", new BigDecimal("9.50"), BigDecimal.ONE, 4);
    assertThat(SalesExport.csv(List.of(pasta, pasta), LocalDate.parse("2026-03-01"), 2).lines())
        .hasSize(5)
        .contains("2026-02-28-1,1,pasta,Pasta,2026-02-28T12:01:00,4,9.50");
  }

  @Test
  void exportsAdsOfWhichSomeFallAtTheEnd() {
    LocalDate lastDay = LocalDate.parse("2026-03-01");
    assertThat(AdsExport.csv(lastDay, 2, 0).lines()).hasSize(1 + 2 * 3 * 2 * 4);
    assertThat(conversions(AdsExport.csv(lastDay, 1, 1), "dinner"))
        .isLessThan(0.6 * conversions(AdsExport.csv(lastDay, 1, 0), "dinner"));
    assertThat(conversions(AdsExport.csv(lastDay, 1, 1), "brunch"))
        .isEqualTo(conversions(AdsExport.csv(lastDay, 1, 0), "brunch"));
  }

  @Test
  void saysOfEachHourWhatAdsCostAndBroughtAndWhatGotWorse() {
    String lines =
        AdMetricLines.of(
            "cafe",
            new Scenario.AdMetrics(1, "lunch/18-24", 2),
            Instant.parse("2026-03-01T09:30:00Z"));
    assertThat(lines.lines()).hasSize(25 * (2 * 12 + 1));
    assertThat(lines.lines().filter(line -> line.contains("18-24") && line.contains("lunch-all")))
        .filteredOn(line -> line.contains("ad_conversions") && line.contains("\"value\":0.0"))
        .hasSize(2);
    assertThat(lines)
        .endsWith("\"labels\":{\"site\":\"cafe\"}}\n")
        .contains("2026-03-01T09:00:00Z");
  }

  private static double conversions(String csv, String campaign) {
    return csv.lines()
        .filter(line -> line.contains(',' + campaign + ','))
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[9]))
        .sum();
  }

  @Test
  void namesEachDifference() {
    JsonNode run =
        Json.parse(
                """
                {"state": "completed", "timeline": [{"element": "a"}, {"element": "b"}, {"element": "end"}],
                 "variables": {"sum": {"n": 2.0}}}
                """)
            .orElseThrow();
    var mails = List.of(new MailTrap.Mail("ann@example.com", "Half price", List.of("a.png")));
    Scenario.Then good =
        new Scenario.Then(
            "end",
            List.of("a", "end"),
            List.of("c"),
            Map.of("sum.n", 2),
            Map.of("plan", List.of("applied")),
            List.of(new Scenario.Message("ann@example.com", "Half", "a.png")));
    Map<String, List<String>> changes = Map.of("plan", List.of("applied"));
    assertThat(Verdict.of(good, run, changes, mails)).isEmpty();
    Scenario.Then bad =
        new Scenario.Then(
            "other",
            List.of("b", "a"),
            List.of("a"),
            Map.of("sum.n", 3),
            Map.of(),
            List.of(new Scenario.Message("bob@example.com", "", null)));
    assertThat(Verdict.of(bad, run, changes, mails)).hasSize(7);
  }
}
