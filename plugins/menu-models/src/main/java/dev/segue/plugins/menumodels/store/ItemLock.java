package dev.segue.plugins.menumodels.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * One transaction on one item's prices and promotions: nobody else alters them meanwhile, so that
 * what was compared still holds when it is altered.
 */
final class ItemLock {

  private final DataSource database;

  ItemLock(DataSource database) {
    this.database = database;
  }

  /** What to do within the transaction. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  <T> T hold(String siteId, String itemId, Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        lock(connection, siteId + "/" + itemId);
        T result = work.with(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static void lock(Connection connection, String item) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 7301))")) {
      lock.setString(1, item);
      lock.execute();
    }
  }
}
