package dev.segue.plugins.posfiles;

import dev.segue.sdk.StepContext;

/** Reports how far an import is, by bytes read of all bytes that the passes will read. */
final class ByteProgress {

  private static final double NEWS = 0.01;

  private final StepContext context;
  private final int passes;
  private long expected;
  private long seen;
  private double reported = -1;
  private String text = "";

  /**
   * Begins at nothing.
   *
   * @param context is told
   * @param passes how often each file is read, roughly
   */
  ByteProgress(StepContext context, int passes) {
    this.context = context;
    this.passes = passes;
  }

  void expect(long bytes) {
    expected += bytes * passes;
  }

  void skip(long bytes) {
    advance(bytes * passes);
  }

  void at(String what) {
    text = what;
  }

  void advance(long bytes) {
    seen += bytes;
    double fraction = expected == 0 ? 1 : Math.min(1, (double) seen / expected);
    if (fraction - reported >= NEWS) {
      reported = fraction;
      context.progress(fraction, text);
    }
  }
}
