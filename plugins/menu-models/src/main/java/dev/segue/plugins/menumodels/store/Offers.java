package dev.segue.plugins.menumodels.store;

import dev.segue.plugins.menumodels.changes.Offer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads at which price and cost items are offered. */
public final class Offers {

  private static final String QUERY =
      """
      select i.item_id, coalesce(p.price, i.price), i.unit_cost, n.newest, o.ends_on
      from data.item i
      left join lateral (
        select price from data.price
        where site_id = i.site_id and item_id = i.item_id and valid_from <= ?
        order by valid_from desc limit 1) p on true
      left join lateral (
        select max(valid_from) as newest from data.price
        where site_id = i.site_id and item_id = i.item_id) n on true
      left join lateral (
        select max(ends_on) as ends_on from data.promotion
        where site_id = i.site_id and item_id = i.item_id and status = 'planned') o on true
      where i.site_id = ? and i.active and i.unit_cost is not null
        and coalesce(p.price, i.price) is not null
      """;

  private final DataSource database;

  /**
   * Reads from a database.
   *
   * @param database sees what was known at the run's now
   */
  public Offers(DataSource database) {
    this.database = database;
  }

  /**
   * Reads the active items that have a price and a cost.
   *
   * @param siteId the site
   * @param day whose prices hold
   * @return the offers by item
   */
  public Map<String, Offer> on(String siteId, LocalDate day) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(QUERY)) {
      select.setObject(1, day);
      select.setString(2, siteId);
      Map<String, Offer> offers = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          offers.put(
              row.getString(1),
              new Offer(
                  row.getBigDecimal(2),
                  row.getBigDecimal(3),
                  Optional.ofNullable(row.getObject(4, LocalDate.class)),
                  Optional.ofNullable(row.getObject(5, LocalDate.class))));
        }
      }
      return offers;
    }
  }
}
