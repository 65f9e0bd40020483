package dev.segue.server.sources;

import java.time.Instant;
import java.util.Map;

/** Takes what was read, row by row. */
interface PointSink {

  /** A row that reads as a point; whether it makes sense is judged here. */
  void point(int row, String metric, Map<String, String> labels, Instant at, double value);

  /** A row that is no point. */
  void refused(int row, String reason);
}
