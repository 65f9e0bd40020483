package dev.segue.plugins.posfiles;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Asks the sales of one site and a window of business days. */
final class SalesQueries {

  private final DataSource database;
  private final String site;
  private final LocalDate from;
  private final LocalDate to;

  /**
   * Names the window.
   *
   * @param from the first day
   * @param to the last day, inclusive
   */
  SalesQueries(DataSource database, String site, LocalDate from, LocalDate to) {
    this.database = database;
    this.site = site;
    this.from = from;
    this.to = to;
  }

  Map<LocalDate, Long> linesByDay() throws SQLException {
    Map<LocalDate, Long> days = new TreeMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            window(
                connection,
                "select business_date, count(*) from data.sales_line"
                    + " where site_id = ? and business_date between ? and ? group by 1");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        days.put(row.getObject(1, LocalDate.class), row.getLong(2));
      }
    }
    return days;
  }

  Set<LocalDate> holidays() throws SQLException {
    Set<LocalDate> days = new HashSet<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            window(
                connection,
                "select h.date from data.holiday h join data.site s on s.country = h.country"
                    + " where s.site_id = ? and h.date between ? and ?");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        days.add(row.getObject(1, LocalDate.class));
      }
    }
    return days;
  }

  /** Lines of a negative price, or of a negative amount for a positive quantity. */
  long negativePrices() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            window(
                connection,
                "select count(*) from data.sales_line"
                    + " where site_id = ? and business_date between ? and ?"
                    + " and (unit_price < 0 or (net_amount < 0 and quantity > 0))")) {
      return number(select);
    }
  }

  /** Lines after an instant, of whatever day. */
  long linesAfter(Instant now) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from data.sales_line where site_id = ? and ordered_at > ?"
                    + " and business_date >= ?")) {
      select.setString(1, site);
      select.setObject(2, now.atOffset(ZoneOffset.UTC));
      select.setObject(3, now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(2));
      return number(select);
    }
  }

  long orders() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            window(
                connection,
                "select count(distinct order_id) from data.sales_line"
                    + " where site_id = ? and business_date between ? and ?")) {
      return number(select);
    }
  }

  /** Orders that equal an earlier one in instant, items, quantities and amounts. */
  long repeatedOrders() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            window(
                connection,
                """
                select coalesce(sum(alike - 1), 0) from (
                  select count(*) as alike from (
                    select order_id, min(ordered_at) as ordered_at,
                      md5(string_agg(concat_ws('|', item_id, quantity, net_amount), ','
                        order by item_id, quantity, net_amount)) as content
                    from data.sales_line
                    where site_id = ? and business_date between ? and ?
                    group by order_id) orders
                  group by ordered_at, content
                  having count(*) > 1) repeated
                """)) {
      return number(select);
    }
  }

  private PreparedStatement window(Connection connection, String sql) throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    select.setString(1, site);
    select.setObject(2, from);
    select.setObject(3, to);
    return select;
  }

  private static long number(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
