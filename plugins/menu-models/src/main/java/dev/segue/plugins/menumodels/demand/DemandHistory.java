package dev.segue.plugins.menumodels.demand;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Daily demand of a site's items, without gaps between the first and the last day.
 *
 * <p>Days are counted from {@link #first()}, which is day 0; items by their place in {@link
 * #items()}. A day on which nothing at all was sold is taken to be closed, and nothing is known of
 * it. Immutable.
 */
public final class DemandHistory {

  static final int ON_OFFER_DAYS = 28;

  private final LocalDate first;
  private final List<String> items;
  private final double[][] quantities;

  private DemandHistory(LocalDate first, List<String> items, double[][] quantities) {
    this.first = first;
    this.items = items;
    this.quantities = quantities;
  }

  /**
   * Gathers sales into a history; several sales of an item on a day add up.
   *
   * @param sales at least one, in any order
   * @param absent what a missing sale on an open day means
   * @return the history from the first to the last day with a sale
   * @throws IllegalArgumentException if there are no sales
   */
  public static DemandHistory of(Collection<Sale> sales, Absent absent) {
    LocalDate first =
        sales.stream()
            .map(Sale::day)
            .min(LocalDate::compareTo)
            .orElseThrow(() -> new IllegalArgumentException("a demand history needs sales"));
    LocalDate last = sales.stream().map(Sale::day).max(LocalDate::compareTo).orElse(first);
    List<String> items = sales.stream().map(Sale::item).distinct().sorted().toList();
    double[][] quantities =
        new double[items.size()][(int) ChronoUnit.DAYS.between(first, last) + 1];
    for (double[] row : quantities) {
      Arrays.fill(row, Double.NaN);
    }
    for (Sale sale : sales) {
      double[] row = quantities[Collections.binarySearch(items, sale.item())];
      int day = (int) ChronoUnit.DAYS.between(first, sale.day());
      row[day] = Double.isNaN(row[day]) ? sale.quantity() : row[day] + sale.quantity();
    }
    DemandHistory history = new DemandHistory(first, items, quantities);
    history.floorAtZero();
    if (absent == Absent.ZERO_WHILE_ON_OFFER) {
      history.fillZeros();
    }
    return history;
  }

  private void floorAtZero() {
    for (double[] row : quantities) {
      Arrays.setAll(row, day -> row[day] < 0 ? 0 : row[day]);
    }
  }

  private void fillZeros() {
    boolean[] open = new boolean[days()];
    for (int day = 0; day < open.length; day++) {
      open[day] = open(day);
    }
    for (double[] row : quantities) {
      int lastSold = Integer.MIN_VALUE / 2;
      for (int day = 0; day < row.length; day++) {
        if (row[day] > 0) {
          lastSold = day;
        } else if (Double.isNaN(row[day]) && open[day] && day - lastSold <= ON_OFFER_DAYS) {
          row[day] = 0;
        }
      }
    }
  }

  /** Tells the date of day 0. */
  public LocalDate first() {
    return first;
  }

  /** Tells the date of the last day. */
  public LocalDate last() {
    return date(days() - 1);
  }

  /** Tells how many days the history has, at least 1. */
  public int days() {
    return quantities[0].length;
  }

  /** Tells the items' ids in ascending order. */
  public List<String> items() {
    return items;
  }

  /** Turns a day into its date; days beyond the history are allowed. */
  public LocalDate date(int day) {
    return first.plusDays(day);
  }

  /** Turns a date into its day; dates outside the history are allowed. */
  public int day(LocalDate date) {
    return (int) ChronoUnit.DAYS.between(first, date);
  }

  /**
   * Tells the demand.
   *
   * @return units, at least 0, or NaN if nothing is known of that item on that day
   */
  public double quantity(int item, int day) {
    return day < 0 || day >= days() ? Double.NaN : quantities[item][day];
  }

  /** Tells whether anything was sold on a day. */
  public boolean open(int day) {
    for (double[] row : quantities) {
      if (day >= 0 && day < row.length && row[day] > 0) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether an item was sold in the last {@value #ON_OFFER_DAYS} days up to a day. */
  public boolean onOffer(int item, int day) {
    for (int back = 0; back < ON_OFFER_DAYS; back++) {
      if (quantity(item, day - back) > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Cuts off what came later.
   *
   * @param day the last day to keep, from 0 to {@code days() - 1}
   * @return a history of the same items
   */
  public DemandHistory until(int day) {
    double[][] kept = new double[quantities.length][];
    Arrays.setAll(kept, item -> Arrays.copyOf(quantities[item], day + 1));
    return new DemandHistory(first, items, kept);
  }

  /** Hashes days, items and quantities to 64 lower-case hex digits: equal for equal histories. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(first.toString().getBytes(StandardCharsets.UTF_8));
      ByteBuffer row = ByteBuffer.allocate(days() * Double.BYTES);
      for (int item = 0; item < quantities.length; item++) {
        digest.update(items.get(item).getBytes(StandardCharsets.UTF_8));
        row.clear();
        for (double quantity : quantities[item]) {
          row.putDouble(quantity);
        }
        digest.update(row.flip());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
