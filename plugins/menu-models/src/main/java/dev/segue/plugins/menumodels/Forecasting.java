package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.demand.Band;
import dev.segue.plugins.menumodels.demand.DemandData;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.FeatureSet;
import dev.segue.plugins.menumodels.demand.Forecaster;
import dev.segue.plugins.menumodels.demand.Origin;
import dev.segue.plugins.menumodels.demand.SeasonalNaive;
import dev.segue.plugins.menumodels.demand.Target;
import dev.segue.plugins.menumodels.model.HostileModelException;
import dev.segue.plugins.menumodels.model.ModelFile;
import dev.segue.plugins.menumodels.store.ModelRegister;
import dev.segue.plugins.menumodels.store.RegisteredModel;
import dev.segue.sdk.StepContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes one forecast: picks the model or the method that stands in for it, and applies it. */
final class Forecasting {

  private final StepContext context;
  private final Place place;
  private final DemandData data;
  private final Optional<RehearsedModels.Rehearsed> rehearsed;

  /**
   * Prepares a forecast.
   *
   * @param rehearsed stands in where no model was kept; empty outside simulations
   */
  Forecasting(
      StepContext context,
      Place place,
      DemandData data,
      Optional<RehearsedModels.Rehearsed> rehearsed) {
    this.rehearsed = rehearsed;
    this.context = context;
    this.place = place;
    this.data = data;
  }

  /**
   * A forecast of one item on one day.
   *
   * @param low one in ten days lies below, or null if nobody knows
   * @param high one in ten days lies above, or null if nobody knows
   */
  record Forecast(
      String item, LocalDate day, double quantity, @Nullable Double low, @Nullable Double high) {}

  /** All forecasts, with how they were made. */
  record Result(
      DemandHistory history,
      String method,
      Optional<String> naiveBecause,
      Optional<String> modelSha256,
      List<Forecast> forecasts,
      List<ForecastDemand.Outlook> outlook) {}

  /** What makes the forecasts. */
  private record Method(
      Forecaster forecaster, String name, Optional<RegisteredModel> model, String naiveBecause) {

    static Method naive(String because) {
      SeasonalNaive naive = SeasonalNaive.FOUR_WEEKS;
      return new Method(naive, naive.label(), Optional.empty(), because);
    }
  }

  Result of(LocalDate firstDay, int days) throws SQLException, IOException {
    DemandHistory history = data.history();
    Origin origin = data.asOf(history.days() - 1);
    List<Target> targets = targets(origin, history.day(firstDay), days);
    Method method = method(history.day(firstDay) + days - 1 - origin.day());
    double[] quantities = method.forecaster().forecast(targets, origin);
    double[] usual = SeasonalNaive.FOUR_WEEKS.forecast(targets, origin);
    List<Forecast> forecasts = new ArrayList<>();
    for (int i = 0; i < quantities.length; i++) {
      forecasts.add(forecast(targets.get(i), origin, quantities[i], method));
    }
    return new Result(
        history,
        method.name(),
        Optional.of(method.naiveBecause()).filter(because -> !because.isEmpty()),
        method.model().map(RegisteredModel::sha256),
        forecasts,
        outlook(targets, quantities, usual));
  }

  /** An item is forecast while it is on offer, on weekdays on which the site sells. */
  private List<Target> targets(Origin origin, int firstDay, int days) {
    List<Target> targets = new ArrayList<>();
    for (int day = firstDay; day < firstDay + days; day++) {
      if (opens(day)) {
        for (int item = 0; item < data.history().items().size(); item++) {
          if (origin.onOffer(item)) {
            targets.add(new Target(item, day));
          }
        }
      }
    }
    return targets;
  }

  /** A weekday on which nothing was sold for six weeks is a day of rest. */
  private boolean opens(int day) {
    DemandHistory history = data.history();
    int known = 0;
    for (int back = 7; known < 6 && day - back >= 0; back += 7) {
      if (day - back < history.days()) {
        known++;
        if (history.open(day - back)) {
          return true;
        }
      }
    }
    return known == 0;
  }

  private Method method(int furthest) throws SQLException, IOException {
    if (furthest > Band.FURTHEST) {
      return Method.naive(
          "the last sales are of " + data.history().last() + ", too long ago for a model");
    }
    Optional<RegisteredModel> best =
        new ModelRegister(context.data().dataSource())
            .best(place.site().id(), context.now(), FeatureSet.VERSION);
    if (best.isEmpty() && rehearsed.filter(one -> one.model().beatsNaive()).isPresent()) {
      RehearsedModels.Rehearsed one = rehearsed.get();
      return method(one.model(), new ByteArrayInputStream(one.file()));
    }
    if (best.isEmpty()) {
      return Method.naive(
          "there is no model of " + place.site().name() + " that beats the naive methods");
    }
    RegisteredModel model = best.get();
    try (InputStream in = context.artifacts().open(model.sha256())) {
      return method(model, in);
    } catch (HostileModelException e) {
      context.log().error("model {} is not used: {}", model.sha256(), e.getMessage());
      return Method.naive("the model can't be used: " + e.getMessage());
    }
  }

  private Method method(RegisteredModel model, InputStream file) throws IOException {
    Forecaster forecaster = ModelFile.read(file, model.sha256()).forItems(data.history().items());
    return new Method(forecaster, model.algorithm().label(), Optional.of(model), "");
  }

  private Forecast forecast(Target target, Origin origin, double quantity, Method method) {
    int horizon = target.day() - origin.day();
    Optional<RegisteredModel.Interval> interval =
        method.model().map(model -> model.interval(horizon));
    return new Forecast(
        data.history().items().get(target.item()),
        data.history().date(target.day()),
        quantity,
        interval.map(each -> each.lowOf(quantity)).orElse(null),
        interval.map(each -> each.highOf(quantity)).orElse(null));
  }

  private List<ForecastDemand.Outlook> outlook(
      List<Target> targets, double[] quantities, double[] usual) {
    List<String> items = data.history().items();
    double[] expected = new double[items.size()];
    double[] before = new double[items.size()];
    boolean[] forecast = new boolean[items.size()];
    for (int i = 0; i < quantities.length; i++) {
      int item = targets.get(i).item();
      expected[item] += quantities[i];
      before[item] += usual[i];
      forecast[item] = true;
    }
    List<ForecastDemand.Outlook> outlook = new ArrayList<>();
    for (int item = 0; item < items.size(); item++) {
      if (forecast[item]) {
        outlook.add(outlook(items.get(item), expected[item], before[item]));
      }
    }
    outlook.sort(
        Comparator.comparing(ForecastDemand.Outlook::units)
            .reversed()
            .thenComparing(ForecastDemand.Outlook::itemId));
    return outlook;
  }

  private static ForecastDemand.Outlook outlook(String item, double expected, double before) {
    return new ForecastDemand.Outlook(
        item,
        Quality.decimal(expected, 1),
        Quality.decimal(before, 1),
        before > 0
            ? Optional.of(Quality.decimal(100 * (expected / before - 1), 1))
            : Optional.empty());
  }
}
