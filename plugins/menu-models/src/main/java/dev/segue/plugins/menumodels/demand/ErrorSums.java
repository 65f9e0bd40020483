package dev.segue.plugins.menumodels.demand;

/** Adds up the errors of one method at one horizon. Not thread-safe. */
final class ErrorSums {

  private double absolute;
  private double signed;
  private double sold;
  private double scaled;
  private int scaledCount;
  private int count;

  void add(double actual, double forecast, double scale) {
    absolute += Math.abs(forecast - actual);
    signed += forecast - actual;
    sold += actual;
    count++;
    if (scale > 0) {
      scaled += Math.abs(forecast - actual) / scale;
      scaledCount++;
    }
  }

  Accuracy accuracy(String method, int horizon) {
    return new Accuracy(
        method,
        horizon,
        sold == 0 ? 0 : absolute / sold,
        scaledCount == 0 ? 0 : scaled / scaledCount,
        sold == 0 ? 0 : signed / sold,
        count);
  }
}
