package dev.segue.plugins.menumodels.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import javax.sql.DataSource;

/** The price list of the schema {@code data}, one entry per change key. */
public final class PriceList {

  private final DataSource database;

  /**
   * Opens the list.
   *
   * @param database may write
   */
  public PriceList(DataSource database) {
    this.database = database;
  }

  /**
   * An entry to make.
   *
   * @param siteId the site
   * @param itemId the item
   * @param from the first day
   * @param price what one unit costs guests
   * @param currency its ISO code
   * @param reason why
   * @param key the change's key
   */
  public record Entry(
      String siteId,
      String itemId,
      LocalDate from,
      BigDecimal price,
      String currency,
      String reason,
      String key) {}

  /** What became of an entry. */
  public sealed interface Entered {
    /** It stands in the list, by this call or an earlier one with its key. */
    record Stands(LocalDate from) implements Entered {}

    /** Another price holds than the one expected, or none at all; nothing was altered. */
    record Otherwise(Optional<BigDecimal> price) implements Entered {}
  }

  /** Makes an entry if the price that would hold on its first day is the expected one. */
  public Entered enter(Entry entry, BigDecimal expected) throws SQLException {
    return new ItemLock(database)
        .hold(
            entry.siteId(),
            entry.itemId(),
            connection -> {
              Optional<LocalDate> earlier = find(connection, entry.key());
              if (earlier.isPresent()) {
                return new Entered.Stands(earlier.get());
              }
              Optional<BigDecimal> now = priceOn(connection, entry);
              if (now.isEmpty() || now.get().compareTo(expected) != 0) {
                return new Entered.Otherwise(now);
              }
              insert(connection, entry);
              return new Entered.Stands(entry.from());
            });
  }

  /** Finds the first day of the entry with a key. */
  public Optional<LocalDate> find(String key) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return find(connection, key);
    }
  }

  private static Optional<LocalDate> find(Connection connection, String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select valid_from from data.price where change_key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getObject(1, LocalDate.class)) : Optional.empty();
      }
    }
  }

  private static Optional<BigDecimal> priceOn(Connection connection, Entry entry)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select coalesce(
              (select price from data.price where site_id = i.site_id and item_id = i.item_id
                and valid_from <= ? order by valid_from desc limit 1), i.price)
            from data.item i where i.site_id = ? and i.item_id = ? and i.active
            """)) {
      select.setObject(1, entry.from());
      select.setString(2, entry.siteId());
      select.setString(3, entry.itemId());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getBigDecimal(1)) : Optional.empty();
      }
    }
  }

  private static void insert(Connection connection, Entry entry) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into data.price (site_id, item_id, valid_from, price, currency, reason, change_key)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (site_id, item_id, valid_from) do update set price = excluded.price,
              currency = excluded.currency, reason = excluded.reason,
              change_key = excluded.change_key, known_at = now()
            """)) {
      insert.setString(1, entry.siteId());
      insert.setString(2, entry.itemId());
      insert.setObject(3, entry.from());
      insert.setBigDecimal(4, entry.price());
      insert.setString(5, entry.currency());
      insert.setString(6, entry.reason());
      insert.setString(7, entry.key());
      insert.executeUpdate();
    }
  }
}
