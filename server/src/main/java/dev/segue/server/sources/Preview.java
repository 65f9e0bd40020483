package dev.segue.server.sources;

import dev.segue.runtime.invoke.MetricPoints.Period;
import dev.segue.server.data.metrics.PointRules;
import dev.segue.server.data.metrics.Sample;
import dev.segue.server.http.Json;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the first points for somebody to look at, and stores none. Used once. */
final class Preview implements PointSink {

  private final PointRules rules;
  private final int most;
  private final ArrayNode points = Json.array();
  private final ArrayNode reasons = Json.array();

  Preview(PointRules rules, int most) {
    this.rules = rules;
    this.most = most;
  }

  @Override
  public void point(int row, String metric, Map<String, String> labels, Instant at, double value) {
    if (points.size() >= most) {
      return;
    }
    try {
      Sample sample = rules.sample(metric, labels, at, value);
      ObjectNode point = points.addObject();
      point.put("metric", metric);
      point.put("time", sample.at().toString());
      point.put("value", value);
      ObjectNode shown = point.putObject("labels");
      sample.series().labels().forEach(shown::put);
    } catch (PointRules.RefusedException e) {
      refused(row, e.reason());
    }
  }

  @Override
  public void refused(int row, String reason) {
    if (reasons.size() < most) {
      reasons.addObject().put("row", row).put("reason", reason);
    }
  }

  ObjectNode shown(Period period, boolean more) {
    ObjectNode shown = Json.object();
    shown.put("from", period.from().toString());
    shown.put("to", period.to().toString());
    shown.set("points", points);
    shown.set("reasons", reasons);
    shown.put("more", more);
    return shown;
  }
}
