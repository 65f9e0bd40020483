package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.demand.Band;
import dev.segue.plugins.menumodels.demand.DemandData;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Load;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Forecasts how much of each item a site will sell, by its best model or naively. */
@StepInfo(
    name = "forecast-demand",
    title = "Forecast demand",
    description =
        "Forecasts how much of each item sells on each of the next days, from today on. Uses the"
            + " site's newest model that beats the naive methods; without one, or without recent"
            + " sales, the forecast is naive and the result says why.",
    effect = Effect.WRITE,
    inDoubt = InDoubt.RETRY,
    load = Load.CPU,
    timeout = "PT10M",
    icon = "forecast.svg",
    category = "Menu")
final class ForecastDemand implements Step<ForecastDemand.Input, ForecastDemand.Output> {

  private static final String TABLE = "data.forecast";
  private static final List<String> COLUMNS =
      List.of(
          "site_id",
          "item_id",
          "business_date",
          "made_on",
          "quantity",
          "low",
          "high",
          "method",
          "model_sha256");
  private static final int DECIMALS = 4;
  private static final int HISTORY_DAYS = 500;
  private static final int MOST_ITEMS = 200;

  record Input(
      @Field(
              title = "Days",
              help = "How many days from today on.",
              min = 1,
              max = Band.FURTHEST,
              defaultValue = "7")
          int days) {}

  record Output(
      @Field(
              title = "Method",
              help = "The kind of model, or the naive method that stood in for it.")
          String method,
      @Field(title = "Why naive", help = "Absent if a model made the forecast.")
          Optional<String> naiveBecause,
      @Field(title = "Model", help = "The hash of its artifact.") Optional<String> modelSha256,
      @Field(title = "Made on") LocalDate madeOn,
      @Field(title = "Sales known to") LocalDate salesKnownTo,
      @Field(title = "From") LocalDate from,
      @Field(title = "To") LocalDate to,
      @Field(title = "Table of the forecasts", help = "Rows by site, item, day and made_on.")
          String table,
      @Field(title = "Forecasts", min = 0) int forecasts,
      @Field(title = "Items", min = 0) int items,
      @Field(title = "Units expected in all", min = 0) BigDecimal units,
      @Field(title = "Outlook per item", help = "The items that sell the most; at most 200.")
          List<Outlook> outlook) {}

  /** What to expect of an item. */
  record Outlook(
      @Field(title = "Item") String itemId,
      @Field(title = "Units expected", min = 0) BigDecimal units,
      @Field(title = "Usual units", help = "By the mean of the last four weeks.", min = 0)
          BigDecimal usualUnits,
      @Field(title = "Change in %", help = "Absent if none are usual.")
          Optional<BigDecimal> changePercent) {}

  private final RehearsedModels rehearsed;

  /**
   * Creates the step.
   *
   * @param rehearsed what simulations have learnt, which only simulations use
   */
  ForecastDemand(RehearsedModels rehearsed) {
    this.rehearsed = rehearsed;
  }

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    Place place = Place.of(context);
    Forecasting.Result result = forecast(input, place, context, Optional.empty());
    store(place, result, context);
    return output(place, input, result);
  }

  /** Forecasts for real, and stores nothing. */
  @Override
  public Output simulate(Input input, StepContext context) throws Exception {
    Place place = Place.of(context);
    return output(place, input, forecast(input, place, context, rehearsed.find(place)));
  }

  private static Forecasting.Result forecast(
      Input input, Place place, StepContext context, Optional<RehearsedModels.Rehearsed> rehearsed)
      throws Exception {
    LocalDate to = place.yesterday();
    DemandData data =
        place
            .data()
            .demand(to.minusDays(HISTORY_DAYS - 1L), to)
            .orElseThrow(
                () ->
                    new StepError(
                        "NO_SALES",
                        "There are no sales of "
                            + place.site().name()
                            + " in the "
                            + HISTORY_DAYS
                            + " days up to "
                            + to
                            + " to forecast from. Import sales first."));
    context.progress(0.3, "forecasting");
    return new Forecasting(context, place, data, rehearsed).of(place.today(), input.days());
  }

  private static void store(Place place, Forecasting.Result result, StepContext context)
      throws SQLException {
    Iterator<Object[]> rows =
        result.forecasts().stream()
            .map(
                each ->
                    new Object[] {
                      place.site().id(),
                      each.item(),
                      each.day(),
                      place.today(),
                      Quality.decimal(each.quantity(), DECIMALS),
                      decimal(each.low()),
                      decimal(each.high()),
                      result.method(),
                      result.modelSha256().orElse(null)
                    })
            .iterator();
    context.data().copyInto(TABLE, COLUMNS, rows);
  }

  private static @Nullable BigDecimal decimal(@Nullable Double value) {
    return value == null ? null : Quality.decimal(value, DECIMALS);
  }

  private static Output output(Place place, Input input, Forecasting.Result result) {
    DemandHistory history = result.history();
    return new Output(
        result.method(),
        result.naiveBecause(),
        result.modelSha256(),
        place.today(),
        history.last(),
        place.today(),
        place.today().plusDays(input.days() - 1L),
        TABLE,
        result.forecasts().size(),
        (int) result.forecasts().stream().map(Forecasting.Forecast::item).distinct().count(),
        Quality.decimal(
            result.forecasts().stream().mapToDouble(Forecasting.Forecast::quantity).sum(), 1),
        result.outlook().stream().limit(MOST_ITEMS).toList());
  }
}
