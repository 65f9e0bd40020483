package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.demand.Band;
import dev.segue.plugins.menumodels.demand.DemandData;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.Evaluation;
import dev.segue.plugins.menumodels.demand.FeatureSet;
import dev.segue.plugins.menumodels.model.Algorithm;
import dev.segue.plugins.menumodels.model.DemandModel;
import dev.segue.plugins.menumodels.model.DemandTrainer;
import dev.segue.plugins.menumodels.model.ModelFile;
import dev.segue.plugins.menumodels.model.TrainingSettings;
import dev.segue.plugins.menumodels.store.ModelRegister;
import dev.segue.plugins.menumodels.store.RegisteredModel;
import dev.segue.plugins.menumodels.store.RegisteredModel.Interval;
import dev.segue.sdk.Artifact;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Load;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.sdk.StepInfo;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trains a model of a site's demand, tests it, and keeps it as an artifact. */
@StepInfo(
    name = "train-demand",
    title = "Train demand model",
    description =
        "Learns from past sales how much of each item sells, tests that on the last days beside"
            + " the naive methods, and keeps the model. Forecasts use it only if it did better.",
    effect = Effect.WRITE,
    inDoubt = InDoubt.RETRY,
    load = Load.CPU,
    timeout = "PT30M",
    icon = "train.svg",
    category = "Menu")
final class TrainDemand implements Step<TrainDemand.Input, TrainDemand.Output> {

  private static final double TESTING_SHARE = 0.5;
  private static final double LOW = 0.1;
  private static final double HIGH = 0.9;

  record Input(
      @Field(title = "Model", defaultValue = "XGBOOST") Algorithm algorithm,
      @Field(title = "Days to learn from", min = 70, max = 3650, defaultValue = "1095")
          int historyDays,
      @Field(title = "Days to test on", min = 14, max = 365, defaultValue = "28") int testDays,
      @Field(title = "Seed", help = "The same seed gives the same model.", defaultValue = "1")
          long seed) {}

  record Output(
      @Field(title = "Model", help = "The hash of its artifact; absent if it was not kept.")
          Optional<String> modelSha256,
      @Field(title = "Kind") String method,
      @Field(title = "Better than naive", help = "Only then do forecasts use it.")
          boolean beatsNaive,
      @Field(title = "Learnt from") LocalDate from,
      @Field(title = "Learnt to") LocalDate to,
      @Field(title = "Items", min = 0) int items,
      @Field(title = "Quality per days ahead") List<Quality> quality) {}

  /** A model with its test. */
  private record Trained(DemandModel model, Evaluation evaluation) {}

  private final ComputeThreads threads;
  private final RehearsedModels rehearsed;

  /**
   * Creates the step.
   *
   * @param rehearsed gets what simulations learn
   */
  TrainDemand(ComputeThreads threads, RehearsedModels rehearsed) {
    this.threads = threads;
    this.rehearsed = rehearsed;
  }

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    Place place = Place.of(context);
    ModelRegister register = new ModelRegister(context.data().dataSource());
    Optional<RegisteredModel> earlier = register.trainedBy(context.idempotencyKey());
    if (earlier.isPresent()) {
      return output(earlier.get());
    }
    DemandData data = Evaluating.enough(place, input.historyDays(), input.testDays());
    TrainingSettings settings = TrainingSettings.of(input.algorithm(), input.seed());
    Trained trained = train(data, input, settings, context);
    byte[] file = ModelFile.write(trained.model());
    Artifact artifact =
        context
            .artifacts()
            .put(
                "demand/" + place.site().id(),
                ModelFile.MEDIA_TYPE,
                new ByteArrayInputStream(file),
                Provenance.of(
                    trained.model(), data.history(), trained.evaluation(), settings, context));
    RegisteredModel registered =
        registered(
            place, context, settings, data.history(), trained.evaluation(), artifact.sha256());
    register.add(registered);
    return output(registered);
  }

  /** Trains and tests for real, and keeps the model in memory for other simulated steps alone. */
  @Override
  public Output simulate(Input input, StepContext context) throws Exception {
    Place place = Place.of(context);
    Optional<RehearsedModels.Rehearsed> known =
        rehearsed.find(place).filter(one -> one.training().equals(input));
    if (known.isPresent()) {
      return simulated(known.get().model());
    }
    LocalDate learntOn = RehearsedModels.monday(place.today());
    DemandData data;
    try {
      data = Evaluating.enough(place, learntOn.minusDays(1), input.historyDays(), input.testDays());
    } catch (StepError tooFewOnMonday) {
      learntOn = place.today();
      data = Evaluating.enough(place, input.historyDays(), input.testDays());
    }
    TrainingSettings settings = TrainingSettings.of(input.algorithm(), input.seed());
    Trained trained = train(data, input, settings, context);
    byte[] file = ModelFile.write(trained.model());
    RegisteredModel model =
        registered(
            place, context, settings, data.history(), trained.evaluation(), ModelFile.sha256(file));
    rehearsed.keep(new RehearsedModels.Rehearsed(learntOn, input, model, file));
    return simulated(model);
  }

  /** Nobody finds its artifact, so it has none. */
  private static Output simulated(RegisteredModel model) {
    Output output = output(model);
    return new Output(
        Optional.empty(),
        output.method(),
        output.beatsNaive(),
        output.from(),
        output.to(),
        output.items(),
        output.quality());
  }

  private Trained train(
      DemandData data, Input input, TrainingSettings settings, StepContext context)
      throws Exception {
    return threads.compute(
        () -> {
          context.progress(0, "testing on the last " + input.testDays() + " days");
          Evaluation evaluation =
              Evaluating.evaluate(
                  data,
                  input.testDays(),
                  input.testDays(),
                  settings,
                  done -> context.progress(done * TESTING_SHARE, "testing"));
          context.progress(TESTING_SHARE, "training on all days");
          DemandModel model = new DemandTrainer(settings).train(data);
          context.progress(1, "trained");
          return new Trained(model, evaluation);
        });
  }

  private static RegisteredModel registered(
      Place place,
      StepContext context,
      TrainingSettings settings,
      DemandHistory history,
      Evaluation evaluation,
      String sha256) {
    return new RegisteredModel(
        place.site().id(),
        context.idempotencyKey(),
        settings.algorithm(),
        sha256,
        FeatureSet.VERSION,
        history.first(),
        history.last(),
        history.sha256(),
        history.items().size(),
        evaluation.beatsNaive(),
        intervals(evaluation),
        evaluation.accuracies(),
        context.now());
  }

  private static List<Interval> intervals(Evaluation evaluation) {
    List<Interval> intervals = new ArrayList<>();
    for (Band band : Band.ALL) {
      double[] errors =
          evaluation.errors().stream()
              .filter(error -> band.contains(error.horizon()))
              .mapToDouble(Evaluation.LogError::value)
              .sorted()
              .toArray();
      intervals.add(new Interval(quantile(errors, LOW), quantile(errors, HIGH)));
    }
    return intervals;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static Output output(RegisteredModel model) {
    Evaluation evaluation =
        new Evaluation(
            model.dataTo(), model.dataTo(), 0, model.items(), model.accuracies(), List.of());
    return new Output(
        Optional.of(model.sha256()),
        model.algorithm().label(),
        model.beatsNaive(),
        model.dataFrom(),
        model.dataTo(),
        model.items(),
        Quality.of(evaluation));
  }
}
