package dev.segue.plugins.alertanalysis.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Where numbers stand on an axis. Immutable.
 *
 * @param low the number at the beginning
 * @param high the number at the end
 * @param start the pixel of the beginning
 * @param end the pixel of the end
 */
record Scale(double low, double high, int start, int end) {

  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  int at(double number) {
    return (int) Math.round(start + (number - low) / (high - low) * (end - start));
  }

  /** A scale that begins and ends at round numbers and holds two others, about so many steps. */
  static Scale round(double lowest, double highest, int steps, int start, int end) {
    double room = highest > lowest ? highest - lowest : Math.max(1, Math.abs(highest));
    double low = lowest >= 0 && lowest < room ? 0 : lowest;
    double step = step((highest - low > 0 ? highest - low : room) / steps);
    double top = Math.ceil(highest / step) * step;
    double bottom = Math.floor(low / step) * step;
    return new Scale(bottom, top > bottom ? top : bottom + step, start, end);
  }

  /** Round numbers on the scale, about so many. */
  List<Double> ticks(int steps) {
    double step = step((high - low) / steps);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double step : STEPS) {
      if (rough <= step * power * 1.0000001) {
        return step * power;
      }
    }
    return 10 * power;
  }
}
