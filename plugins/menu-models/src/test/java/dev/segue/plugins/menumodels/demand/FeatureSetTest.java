package dev.segue.plugins.menumodels.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureSetTest {

  private static final int DAYS = 500;
  private static final int ORIGIN = 420;

  private final FeatureSet features = new FeatureSet();

  private static DemandData data(List<Sale> sales) {
    return new DemandData(DemandHistory.of(sales, Absent.UNKNOWN), MadeUpSales.fairs(DAYS));
  }

  @Test
  void noFeatureOfAnyHorizonChangesWithSalesAfterTheOrigin() {
    List<Sale> sales = MadeUpSales.sales(DAYS, 1);
    LocalDate last = MadeUpSales.FIRST.plusDays(ORIGIN);
    Origin seen = data(sales).asOf(ORIGIN);
    Origin other = data(MadeUpSales.otherwiseAfter(sales, last)).asOf(ORIGIN);

    for (int horizon = 1; horizon <= Band.FURTHEST; horizon++) {
      for (int item = 0; item < 3; item++) {
        Target target = new Target(item, ORIGIN + horizon);
        assertThat(features.values(target, seen))
            .as("%d days ahead", horizon)
            .containsExactly(features.values(target, other));
      }
    }
  }

  @Test
  void refusesToLookAtLaterSales() {
    Origin origin = data(MadeUpSales.sales(DAYS, 1)).asOf(ORIGIN);

    assertThatThrownBy(() -> origin.quantity(0, ORIGIN + 1))
        .isInstanceOf(LookAheadException.class)
        .hasMessageContaining(origin.date(ORIGIN).toString());
    assertThatThrownBy(() -> origin.residual(0, ORIGIN + 1)).isInstanceOf(LookAheadException.class);
    assertThatThrownBy(() -> origin.siteResidual(ORIGIN + 1))
        .isInstanceOf(LookAheadException.class);
  }

  @Test
  void refusesToForecastWhatIsKnown() {
    Origin origin = data(MadeUpSales.sales(DAYS, 1)).asOf(ORIGIN);

    assertThatThrownBy(() -> features.values(new Target(0, ORIGIN), origin))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void seesAnEventFromItsAnnouncementOn() {
    LocalDate day = MadeUpSales.FIRST.plusDays(ORIGIN + 5);
    Occasion fair = new Occasion(day, "fair", MadeUpSales.FIRST.plusDays(ORIGIN + 1));
    DemandData data =
        new DemandData(
            DemandHistory.of(MadeUpSales.sales(DAYS, 1), Absent.UNKNOWN),
            new Surroundings(List.of(), List.of(fair), List.of(), WeatherUse.KNOWN));

    assertThat(value("event", new Target(0, ORIGIN + 5), data.asOf(ORIGIN))).isZero();
    assertThat(value("event", new Target(0, ORIGIN + 5), data.asOf(ORIGIN + 1))).isEqualTo(1);
  }

  @Test
  void seesTheWeatherThatWasForecastNotTheOneThatCame() {
    LocalDate day = MadeUpSales.FIRST.plusDays(ORIGIN + 1);
    Weather forecast = new Weather(day, day.minusDays(1), 10, 0, 0, 0);
    Weather came = new Weather(day, day, 25, 0, 0, 0);

    assertThat(temperature(WeatherUse.KNOWN, forecast, came)).isEqualTo(10);
    assertThat(temperature(WeatherUse.KNOWN, came)).isNaN();
    assertThat(temperature(WeatherUse.NONE, forecast, came)).isNaN();
    assertThat(temperature(WeatherUse.OBSERVED, came)).isEqualTo(25);
  }

  private double temperature(WeatherUse use, Weather... weather) {
    DemandData data =
        new DemandData(
            DemandHistory.of(MadeUpSales.sales(DAYS, 1), Absent.UNKNOWN),
            new Surroundings(List.of(), List.of(), List.of(weather), use));
    return value("weather.temperature", new Target(0, ORIGIN + 1), data.asOf(ORIGIN));
  }

  @Test
  void learnsWhatAnEventDidFromItsEarlierDaysOnly() {
    DemandData data = data(MadeUpSales.sales(DAYS, 1));
    int fair = fairAfter(ORIGIN);

    double effect = value("event.effect", new Target(2, fair), data.asOf(ORIGIN));

    assertThat(effect).isBetween(0.4, 0.9);
  }

  private static int fairAfter(int day) {
    return IntStream.range(day + 1, day + 40)
        .filter(each -> MadeUpSales.FIRST.plusDays(each).getDayOfMonth() == 1)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void countsFromEaster() {
    assertThat(CalendarFeatures.easter(2015)).isEqualTo(LocalDate.of(2015, 4, 5));
    assertThat(CalendarFeatures.easter(2018)).isEqualTo(LocalDate.of(2018, 4, 1));
    assertThat(CalendarFeatures.easter(2019)).isEqualTo(LocalDate.of(2019, 4, 21));
    assertThat(CalendarFeatures.easter(2038)).isEqualTo(LocalDate.of(2038, 4, 25));
  }

  @Test
  void knowsHolidaysTheirEvesAndBridges() {
    LocalDate thursday = LocalDate.of(2024, 5, 9);
    Surroundings around =
        new Surroundings(
            List.of(Occasion.always(thursday, "Ascension")),
            List.of(),
            List.of(),
            WeatherUse.KNOWN);

    assertThat(around.bridge(thursday.plusDays(1))).isTrue();
    assertThat(around.bridge(thursday.plusDays(4))).isFalse();
    assertThat(around.unusual(thursday.minusDays(1))).isTrue();
    assertThat(around.unusual(thursday.plusDays(1))).isFalse();
  }

  @Test
  void everyFeatureHasItsOwnNameAndTheLevelItsPlace() {
    assertThat(features.features()).extracting(Feature::name).doesNotHaveDuplicates();
    assertThat(features.features().get(FeatureSet.LEVEL).name()).isEqualTo("level");
  }

  private double value(String name, Target target, Origin origin) {
    return features.features().stream()
        .filter(feature -> feature.name().equals(name))
        .findFirst()
        .orElseThrow()
        .formula()
        .value(target, origin);
  }
}
