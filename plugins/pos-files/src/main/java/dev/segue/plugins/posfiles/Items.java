package dev.segue.plugins.posfiles;

import dev.segue.plugins.posfiles.layout.SalesLine;
import dev.segue.sdk.Site;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** The site's catalogue: what is known of items, and the entry of unknown ones. */
final class Items {

  private final DataSource database;
  private final Site site;

  Items(DataSource database, Site site) {
    this.database = database;
    this.site = site;
  }

  /** The prices, in the site's currency, of the items that have one. */
  Map<String, BigDecimal> prices() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select item_id, price from data.item"
                    + " where site_id = ? and price is not null and currency = ?")) {
      select.setString(1, site.id());
      select.setString(2, site.currency().getCurrencyCode());
      Map<String, BigDecimal> prices = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          prices.put(row.getString(1), row.getBigDecimal(2));
        }
      }
      return prices;
    }
  }

  /**
   * Enters items that are not in the catalogue, without a cost, at the price of their first sale;
   * leaves those that are there alone.
   *
   * @param sold one line per item
   * @param since when the item counts as known
   * @return how many are new
   */
  int register(Collection<SalesLine> sold, KnownFrom since) throws SQLException {
    String sql =
        since == KnownFrom.SALE
            ? "insert into data.item (site_id, item_id, name, category, price, currency, known_at)"
                + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing"
            : "insert into data.item (site_id, item_id, name, category, price, currency)"
                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing";
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      for (SalesLine line : sold) {
        insert.setString(1, site.id());
        insert.setString(2, line.item());
        insert.setString(3, line.itemName());
        insert.setString(4, line.category());
        insert.setBigDecimal(5, line.unitPrice().signum() > 0 ? line.unitPrice() : null);
        insert.setString(6, line.currency().getCurrencyCode());
        if (since == KnownFrom.SALE) {
          insert.setObject(7, line.orderedAt().atOffset(ZoneOffset.UTC));
        }
        insert.addBatch();
      }
      int added = 0;
      for (int count : insert.executeBatch()) {
        added += Math.max(count, 0);
      }
      return added;
    }
  }
}
