package dev.segue.bpmn.exporter;

import java.io.IOException;
import java.sql.SQLException;

/** Where batches go: each is written as a whole. Used by one thread. */
interface BatchSink extends AutoCloseable {

  /**
   * Commits those rows of the batch that the history doesn't have yet. After an exception nothing
   * of it is there, and the next call connects anew.
   */
  void write(RecordBatch batch) throws SQLException, IOException, EngineChangedException;

  /** Lets go of what {@link #write} opened. */
  @Override
  void close();
}
