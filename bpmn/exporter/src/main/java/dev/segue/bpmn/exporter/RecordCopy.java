package dev.segue.bpmn.exporter;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Sends rows of a batch into {@code history.record}, in the caller's transaction. */
final class RecordCopy {

  private static final String COPY =
      "copy history.record (" + RecordBatch.COLUMNS + ") from stdin (format binary)";
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final byte[] TRAILER = {(byte) 0xFF, (byte) 0xFF};
  private static final byte[] NOTHING = {};
  private static final String DATA_EXCEPTION = "22";

  private final Connection connection;
  private final RecordBatch batch;

  private RecordCopy(Connection connection, RecordBatch batch) {
    this.connection = connection;
    this.batch = batch;
  }

  /**
   * Writes the rows from an index on. A row that PostgreSQL can't store must not stop all that
   * follows: it goes in without its body.
   */
  static void write(Connection connection, RecordBatch batch, int from) throws SQLException {
    RecordCopy copy = new RecordCopy(connection, batch);
    int start = batch.row(from).start();
    if (!copy.fits(start, batch.byteCount())) {
      for (int i = from; i < batch.size(); i++) {
        copy.writeOne(batch.row(i));
      }
    }
  }

  private void writeOne(RecordBatch.Row row) throws SQLException {
    if (!fits(row.start(), row.end())) {
      String body = new JsonText().text("unreadable", "PostgreSQL can't store it").end();
      send(row.start(), row.bodyStart(), RecordBatch.encodedBody(body));
    }
  }

  /** False, with nothing written, if PostgreSQL finds fault with the data. */
  private boolean fits(int start, int end) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      send(start, end, NOTHING);
      connection.releaseSavepoint(before);
      return true;
    } catch (SQLException e) {
      String state = e.getSQLState();
      if (state == null || !state.startsWith(DATA_EXCEPTION)) {
        throw e;
      }
      connection.rollback(before);
      return false;
    }
  }

  private void send(int start, int end, byte[] rest) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try {
      copy.writeToCopy(HEADER, 0, HEADER.length);
      copy.writeToCopy(batch.array(), start, end - start);
      copy.writeToCopy(rest, 0, rest.length);
      copy.writeToCopy(TRAILER, 0, TRAILER.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
