package dev.segue.plugins.alertanalysis.chart;

import dev.segue.plugins.alertanalysis.chart.ChartData.Mark;
import dev.segue.plugins.alertanalysis.chart.ChartData.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Draws one chart; needs no display. */
public final class SeriesChart {

  private static final int WIDTH = 1200;
  private static final int LEFT = 100;
  private static final int RIGHT = 1170;
  private static final int TOP = 116;
  private static final int BOTTOM = 490;
  private static final int LINE = 26;
  private static final int MOST_MARKS = 5;
  private static final int VALUE_STEPS = 6;

  private static final Color INK = new Color(0x1c2330);
  private static final Color QUIET = new Color(0x5b6676);
  private static final Color GRID = new Color(0xe3e7ed);
  private static final Color BAND = new Color(0xd6e3f5);
  private static final Color EXPECTED = new Color(0x6d86ad);
  private static final Color VALUE = new Color(0x1f4e9e);
  private static final Color ALERT = new Color(0xfbe3df);
  private static final Color ALERT_EDGE = new Color(0xc0392b);
  private static final Color CHANGE = new Color(0x7a3e9d);

  private static final Stroke THIN = new BasicStroke(1f);
  private static final Stroke THICK =
      new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final Stroke DASHED =
      new BasicStroke(
          2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {7f, 5f}, 0f);

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 24);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 17);

  private final ChartData data;
  private final List<Mark> marks;
  private final TimeAxis times;
  private final Scale values;
  private final BufferedImage image;
  private final Graphics2D pen;

  private SeriesChart(ChartData data) {
    this.data = data;
    this.times =
        new TimeAxis(
            data.points().getFirst().at(),
            data.points().getLast().at().isAfter(data.alertTo())
                ? data.points().getLast().at()
                : data.alertTo(),
            data.zone(),
            LEFT,
            RIGHT);
    this.marks =
        data.marks().stream().filter(mark -> times.holds(mark.at())).limit(MOST_MARKS).toList();
    this.values =
        Scale.round(
            data.points().stream()
                .mapToDouble(point -> Math.min(point.value(), point.low()))
                .min()
                .orElse(0),
            data.points().stream()
                .mapToDouble(point -> Math.max(point.value(), point.high()))
                .max()
                .orElse(1),
            VALUE_STEPS,
            BOTTOM,
            TOP);
    this.image =
        new BufferedImage(WIDTH, BOTTOM + 100 + LINE * marks.size(), BufferedImage.TYPE_INT_RGB);
    this.pen = image.createGraphics();
  }

  /**
   * Draws.
   *
   * @param data with at least one point
   */
  public static BufferedImage draw(ChartData data) {
    if (data.points().isEmpty()) {
      throw new IllegalArgumentException("a chart needs a point");
    }
    SeriesChart chart = new SeriesChart(data);
    try {
      chart.draw();
      return chart.image;
    } finally {
      chart.pen.dispose();
    }
  }

  private void draw() {
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, image.getWidth(), image.getHeight());
    drawTitles();
    drawAlertWindow();
    drawValueAxis();
    drawTimeAxis();
    drawBand();
    drawLine(Point::expected, EXPECTED, DASHED);
    drawLine(Point::value, VALUE, THICK);
    drawMarks();
    drawLegend();
  }

  private void drawTitles() {
    write(TITLE, INK, fitted(TITLE, data.title(), RIGHT - 24), 24, 38);
    String rest = data.subtitle();
    String first = words(rest, RIGHT - 24);
    write(TEXT, QUIET, first, 24, 64);
    rest = rest.substring(first.length()).strip();
    write(TEXT, QUIET, fitted(TEXT, rest, RIGHT - 24), 24, 64 + LINE - 3);
  }

  private void drawAlertWindow() {
    int from = times.at(data.alertFrom());
    int to = Math.max(from + 2, times.at(data.alertTo()));
    pen.setColor(ALERT);
    pen.fillRect(from, TOP, to - from, BOTTOM - TOP);
    pen.setColor(ALERT_EDGE);
    pen.setStroke(THIN);
    pen.drawLine(from, TOP, from, BOTTOM);
  }

  private void drawValueAxis() {
    FontMetrics metrics = pen.getFontMetrics(TEXT);
    for (double tick : values.ticks(VALUE_STEPS)) {
      int y = values.at(tick);
      pen.setColor(GRID);
      pen.setStroke(THIN);
      pen.drawLine(LEFT, y, RIGHT, y);
      String label =
          new BigDecimal(tick).round(new MathContext(6)).stripTrailingZeros().toPlainString();
      write(TEXT, QUIET, label, LEFT - 10 - metrics.stringWidth(label), y + 6);
    }
    AffineTransform upright = pen.getTransform();
    int length = metrics.stringWidth(data.valueLabel());
    pen.rotate(-Math.PI / 2);
    write(TEXT, INK, data.valueLabel(), -(TOP + BOTTOM + length) / 2, 30);
    pen.setTransform(upright);
  }

  private void drawTimeAxis() {
    FontMetrics metrics = pen.getFontMetrics(TEXT);
    pen.setColor(QUIET);
    pen.drawLine(LEFT, BOTTOM, RIGHT, BOTTOM);
    for (TimeAxis.Tick tick : times.ticks()) {
      int x = times.at(tick.at());
      pen.setColor(QUIET);
      pen.drawLine(x, BOTTOM, x, BOTTOM + 6);
      int width = metrics.stringWidth(tick.label());
      int start = Math.clamp(x - width / 2, LEFT - 20, WIDTH - width - 8);
      write(TEXT, QUIET, tick.label(), start, BOTTOM + 26);
    }
    String zone = "Time (" + data.zone().getId() + ")";
    write(TEXT, INK, zone, (LEFT + RIGHT - metrics.stringWidth(zone)) / 2, BOTTOM + 52);
  }

  private void drawBand() {
    Path2D outline = new Path2D.Double();
    List<Point> points = data.points();
    for (int i = 0; i < points.size(); i++) {
      move(outline, i == 0, points.get(i), points.get(i).high());
    }
    for (Point point : points.reversed()) {
      move(outline, false, point, point.low());
    }
    outline.closePath();
    pen.setColor(new Color(BAND.getRed(), BAND.getGreen(), BAND.getBlue(), 200));
    pen.fill(outline);
  }

  private void drawLine(ToDoubleFunction<Point> value, Color color, Stroke stroke) {
    Path2D line = new Path2D.Double();
    boolean first = true;
    for (Point point : data.points()) {
      move(line, first, point, value.applyAsDouble(point));
      first = false;
    }
    pen.setColor(color);
    pen.setStroke(stroke);
    pen.draw(line);
  }

  private void move(Path2D path, boolean first, Point point, double value) {
    int x = times.at(point.at());
    int y = Math.clamp(values.at(value), TOP, BOTTOM);
    if (first) {
      path.moveTo(x, y);
    } else {
      path.lineTo(x, y);
    }
  }

  private void drawMarks() {
    for (int i = 0; i < marks.size(); i++) {
      int x = times.at(marks.get(i).at());
      pen.setColor(CHANGE);
      pen.setStroke(DASHED);
      pen.drawLine(x, TOP, x, BOTTOM);
      drawNumber(i + 1, x, TOP + 12 + 26 * i);
      drawNumber(i + 1, 38, BOTTOM + 100 + LINE * i - 6);
      write(TEXT, INK, fitted(TEXT, marks.get(i).text(), RIGHT - 60), 60, BOTTOM + 100 + LINE * i);
    }
  }

  private void drawNumber(int number, int x, int y) {
    pen.setColor(CHANGE);
    pen.fillOval(x - 11, y - 11, 22, 22);
    String text = Integer.toString(number);
    int width = pen.getFontMetrics(TEXT).stringWidth(text);
    write(TEXT, Color.WHITE, text, x - width / 2, y + 6);
  }

  private void drawLegend() {
    int y = BOTTOM + 74;
    int x = legend(24, y, VALUE, "value", false);
    x = legend(x, y, EXPECTED, "expected", false);
    x = legend(x, y, BAND, "usual range", true);
    x = legend(x, y, ALERT, "since it is out of order", true);
    if (!marks.isEmpty()) {
      legend(x, y, CHANGE, "change applied by Segue", false);
    }
  }

  private int legend(int x, int y, Color color, String text, boolean area) {
    pen.setColor(color);
    if (area) {
      pen.fillRect(x, y - 14, 28, 16);
    } else {
      pen.setStroke(color.equals(VALUE) ? THICK : DASHED);
      pen.drawLine(x, y - 6, x + 28, y - 6);
    }
    write(TEXT, INK, text, x + 36, y);
    return x + 36 + pen.getFontMetrics(TEXT).stringWidth(text) + 28;
  }

  private void write(Font font, Color color, String text, int x, int y) {
    pen.setFont(font);
    pen.setColor(color);
    pen.drawString(text, x, y);
  }

  /** As many of the first words as fit. */
  private String words(String text, int width) {
    FontMetrics metrics = pen.getFontMetrics(TEXT);
    int end = text.length();
    while (end > 0 && metrics.stringWidth(text.substring(0, end)) > width) {
      end = text.lastIndexOf(' ', end - 1);
    }
    return end > 0 ? text.substring(0, end) : fitted(TEXT, text, width);
  }

  /** As much of a text as fits. */
  private String fitted(Font font, String text, int width) {
    FontMetrics metrics = pen.getFontMetrics(font);
    String fitted = text;
    while (metrics.stringWidth(fitted) > width && fitted.length() > 1) {
      fitted = fitted.substring(0, fitted.length() - 2).stripTrailing() + "…";
    }
    return fitted;
  }
}
