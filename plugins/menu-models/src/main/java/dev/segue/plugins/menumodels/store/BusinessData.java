package dev.segue.plugins.menumodels.store;

import dev.segue.plugins.menumodels.demand.Absent;
import dev.segue.plugins.menumodels.demand.DemandData;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.Occasion;
import dev.segue.plugins.menumodels.demand.Sale;
import dev.segue.plugins.menumodels.demand.Surroundings;
import dev.segue.plugins.menumodels.demand.Weather;
import dev.segue.plugins.menumodels.demand.WeatherUse;
import dev.segue.plugins.menumodels.matrix.SoldItem;
import dev.segue.sdk.Site;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads a site's sales, catalogue and surroundings from the views of the schema {@code data}. */
public final class BusinessData {

  /** Plans for the next weeks lie within this many days after the last sale. */
  private static final int DAYS_AHEAD = 60;

  private final DataSource database;
  private final Site site;

  /**
   * Reads for a site.
   *
   * @param database sees what was known at the run's now
   * @param site the place of business
   */
  public BusinessData(DataSource database, Site site) {
    this.database = database;
    this.site = site;
  }

  /**
   * Reads the demand of a span of business days, together with holidays, events and weather.
   *
   * @return the data, or empty if nothing was sold
   */
  public Optional<DemandData> demand(LocalDate from, LocalDate to) throws SQLException {
    Optional<DemandHistory> history = history(from, to);
    return history.isEmpty()
        ? Optional.empty()
        : Optional.of(new DemandData(history.get(), surroundings(from, to.plusDays(DAYS_AHEAD))));
  }

  /** Reads the demand alone. */
  public Optional<DemandHistory> history(LocalDate from, LocalDate to) throws SQLException {
    List<Sale> sales =
        list(
            "select business_date, item_id, sum(quantity) from data.sales_line"
                + " where site_id = ? and business_date between ? and ? group by 1, 2",
            row -> new Sale(date(row, 1), row.getString(2), row.getDouble(3)),
            site.id(),
            from,
            to);
    return sales.isEmpty()
        ? Optional.empty()
        : Optional.of(DemandHistory.of(sales, Absent.ZERO_WHILE_ON_OFFER));
  }

  /** Reads holidays, events and weather of a span of days. */
  public Surroundings surroundings(LocalDate from, LocalDate to) throws SQLException {
    List<Occasion> holidays =
        list(
            "select h.date, h.name from data.holiday h join data.site s on s.country = h.country"
                + " where s.site_id = ? and h.date between ? and ? order by h.date, h.name",
            row -> Occasion.always(date(row, 1), row.getString(2)),
            site.id(),
            from,
            to);
    List<Occasion> events =
        list(
            "select date, name, known_at from data.event_day"
                + " where site_id = ? and date between ? and ? order by date, name",
            row -> new Occasion(date(row, 1), row.getString(2), knownOn(row, 3)),
            site.id(),
            from,
            to);
    List<Weather> weather =
        list(
            "select date, known_at, temperature_c, cloud_cover, wind_speed, rain_mm"
                + " from data.weather_day where site_id = ? and date between ? and ?"
                + " order by date, is_forecast",
            row ->
                new Weather(
                    date(row, 1),
                    knownOn(row, 2),
                    number(row, 3),
                    number(row, 4),
                    number(row, 5),
                    number(row, 6)),
            site.id(),
            from,
            to);
    return new Surroundings(holidays, events, weather, WeatherUse.KNOWN);
  }

  /** Reads what was sold of each item in a span of business days, with the catalogue's costs. */
  public List<SoldItem> soldItems(LocalDate from, LocalDate to) throws SQLException {
    return list(
        "select l.item_id, coalesce(i.name, l.item_id), coalesce(i.category, ''), l.quantity,"
            + " l.revenue, i.unit_cost from (select item_id, sum(quantity) as quantity,"
            + " sum(net_amount) as revenue from data.sales_line"
            + " where site_id = ? and business_date between ? and ? group by item_id) l"
            + " left join data.item i on i.site_id = ? and i.item_id = l.item_id"
            + " order by l.item_id",
        row ->
            new SoldItem(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBigDecimal(4),
                row.getBigDecimal(5),
                Optional.ofNullable(row.getBigDecimal(6))),
        site.id(),
        from,
        to,
        site.id());
  }

  private LocalDate knownOn(ResultSet row, int column) throws SQLException {
    OffsetDateTime known = row.getObject(column, OffsetDateTime.class);
    return known == null || known.equals(OffsetDateTime.MIN)
        ? LocalDate.MIN
        : site.businessDate(known.toInstant());
  }

  private static LocalDate date(ResultSet row, int column) throws SQLException {
    return row.getObject(column, LocalDate.class);
  }

  private static double number(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(String sql, Reader<T> reader, Object... parameters) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    }
  }
}
