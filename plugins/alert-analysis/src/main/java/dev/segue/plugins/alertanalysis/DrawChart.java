package dev.segue.plugins.alertanalysis;

import dev.segue.plugins.alertanalysis.chart.ChartData;
import dev.segue.plugins.alertanalysis.chart.Picture;
import dev.segue.plugins.alertanalysis.chart.SeriesChart;
import dev.segue.sdk.Artifact;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Load;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import dev.segue.sdk.StepInfo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws an alert as a picture that messages can carry. */
@StepInfo(
    name = "draw-chart",
    title = "Draw an alert",
    description =
        "Draws the metric with what was to be expected, since when it is out of order, and changes"
            + " that Segue applied, and stores the picture. NO_POINTS says that there is nothing to"
            + " draw, CHART_UNAVAILABLE that this machine cannot draw.",
    effect = Effect.WRITE,
    inDoubt = InDoubt.RETRY,
    load = Load.CPU,
    timeout = "PT1M",
    icon = "chart.svg",
    category = "Alerts")
final class DrawChart implements Step<DrawChart.Input, DrawChart.Output> {

  private static final String NAME = "shared/alert-chart";
  private static final String PNG = "image/png";

  record Input(
      @Field(title = "Context", help = "As collected for the alert.") AlertContext context,
      @Field(
              title = "Second line",
              help = "What explains it, in a sentence.",
              maxLength = 2000,
              defaultValue = "-")
          String subtitle) {}

  record Output(
      @Field(title = "Artifact", help = "The picture's hash; empty in a simulation.")
          Optional<String> sha256,
      @Field(title = "Media type") String mediaType,
      @Field(title = "Size in bytes", min = 0) long size,
      @Field(title = "Width", min = 1) int width,
      @Field(title = "Height", min = 1) int height) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    BufferedImage image = draw(input);
    byte[] png = Picture.png(image);
    Artifact stored =
        context
            .artifacts()
            .put(
                NAME,
                PNG,
                new ByteArrayInputStream(png),
                Map.of("metric", input.context().metric(), "run", context.runId()));
    return output(Optional.of(stored.sha256()), png, image);
  }

  @Override
  public Output simulate(Input input, StepContext context) throws IOException {
    BufferedImage image = draw(input);
    return output(Optional.empty(), Picture.png(image), image);
  }

  private static Output output(Optional<String> sha256, byte[] png, BufferedImage image) {
    return new Output(sha256, PNG, png.length, image.getWidth(), image.getHeight());
  }

  private static BufferedImage draw(Input input) {
    if (input.context().points().isEmpty()) {
      throw new StepError(
          "NO_POINTS", "The metric " + input.context().metric() + " has no points to draw.");
    }
    try {
      return SeriesChart.draw(data(input));
    } catch (LinkageError | InternalError e) {
      throw new StepError(
          "CHART_UNAVAILABLE",
          "This machine cannot draw text ("
              + e.getMessage()
              + "). Install fontconfig and a font, such as fonts-dejavu-core.");
    }
  }

  private static ChartData data(Input input) {
    AlertContext context = input.context();
    ZoneId zone = ZoneId.of(context.zone());
    return new ChartData(
        context.title() + (context.scope().isEmpty() ? "" : " · " + context.scope()),
        input.subtitle().equals("-") ? "" : input.subtitle(),
        context.unit().isEmpty() || context.unit().equals("1")
            ? context.title()
            : context.title() + " (" + context.unit() + ")",
        zone,
        context.points().stream()
            .map(
                point ->
                    new ChartData.Point(
                        point.at(),
                        point.value().doubleValue(),
                        point.expected().doubleValue(),
                        point.low().doubleValue(),
                        point.high().doubleValue()))
            .toList(),
        context.from(),
        context.to(),
        marks(context, zone));
  }

  private static List<ChartData.Mark> marks(AlertContext context, ZoneId zone) {
    return context.changes().stream()
        .sorted(Comparator.comparing(change -> !change.coincides()))
        .map(
            change ->
                new ChartData.Mark(
                    change.at(),
                    Words.time(change.at(), zone)
                        + "  "
                        + change.title()
                        + (change.takenBack() ? " (taken back since)" : "")))
        .toList();
  }
}
