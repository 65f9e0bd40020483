package dev.segue.plugins.menumodels.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The promotions of the schema {@code data}; one is known by the key of its change. */
public final class PromotionCalendar {

  private final DataSource database;

  /**
   * Opens the calendar.
   *
   * @param database may write, or reads only where nothing is planned or cancelled
   */
  public PromotionCalendar(DataSource database) {
    this.database = database;
  }

  /**
   * A promotion.
   *
   * @param siteId the site
   * @param itemId the item
   * @param title what people call it
   * @param discount share of the price taken off
   * @param startsOn the first day
   * @param endsOn the last day
   * @param texts for guests, by channel
   */
  public record Promotion(
      String siteId,
      String itemId,
      String title,
      BigDecimal discount,
      LocalDate startsOn,
      LocalDate endsOn,
      Map<String, String> texts) {

    /** Copies the texts. */
    public Promotion {
      texts = Map.copyOf(texts);
    }
  }

  /**
   * Plans a promotion, unless one of the item overlaps; repeating it changes nothing.
   *
   * @param key the change's key, by which it is known from then on
   * @return the title of another promotion in its way; empty if it is planned
   */
  public Optional<String> plan(Promotion promotion, String key) throws SQLException {
    return new ItemLock(database)
        .hold(
            promotion.siteId(),
            promotion.itemId(),
            connection -> {
              if (status(connection, key).isPresent()) {
                return Optional.empty();
              }
              Optional<String> other = overlapping(connection, promotion);
              if (other.isEmpty()) {
                insert(connection, promotion, key);
              }
              return other;
            });
  }

  /** Finds the title of a planned promotion of the same item with a day in common. */
  public Optional<String> overlapping(Promotion promotion) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return overlapping(connection, promotion);
    }
  }

  /** Tells whether a promotion is {@code planned} or {@code cancelled}. */
  public Optional<String> status(String id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return status(connection, id);
    }
  }

  /** Cancels a promotion; repeating it changes nothing. */
  public void cancel(String id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update data.promotion set status = 'cancelled' where promotion_id = ?")) {
      update.setString(1, id);
      update.executeUpdate();
    }
  }

  private static Optional<String> status(Connection connection, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select status from data.promotion where promotion_id = ?")) {
      select.setString(1, id);
      return first(select);
    }
  }

  private static Optional<String> overlapping(Connection connection, Promotion promotion)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select title from data.promotion where site_id = ? and item_id = ?"
                + " and status = 'planned' and starts_on <= ? and ends_on >= ?"
                + " order by starts_on limit 1")) {
      select.setString(1, promotion.siteId());
      select.setString(2, promotion.itemId());
      select.setObject(3, promotion.endsOn());
      select.setObject(4, promotion.startsOn());
      return first(select);
    }
  }

  private static Optional<String> first(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  private static void insert(Connection connection, Promotion promotion, String key)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into data.promotion (promotion_id, site_id, item_id, title, discount,"
                + " starts_on, ends_on, texts, change_key)"
                + " values (?, ?, ?, ?, ?, ?, ?, jsonb_object(?, ?), ?)")) {
      insert.setString(1, key);
      insert.setString(2, promotion.siteId());
      insert.setString(3, promotion.itemId());
      insert.setString(4, promotion.title());
      insert.setBigDecimal(5, promotion.discount());
      insert.setObject(6, promotion.startsOn());
      insert.setObject(7, promotion.endsOn());
      List<String> channels = List.copyOf(promotion.texts().keySet());
      insert.setArray(8, connection.createArrayOf("text", channels.toArray()));
      insert.setArray(
          9,
          connection.createArrayOf(
              "text", channels.stream().map(promotion.texts()::get).toArray()));
      insert.setString(10, key);
      insert.executeUpdate();
    }
  }
}
