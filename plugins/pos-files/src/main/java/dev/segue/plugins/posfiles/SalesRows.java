package dev.segue.plugins.posfiles;

import dev.segue.plugins.posfiles.layout.LineOutcome;
import dev.segue.sdk.RetryLater;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one pass over a file yields for one table, read as they are asked for.
 *
 * <p>At the end it proves that the file is still the one that was surveyed; if it isn't, the end
 * never comes and the load is rolled back.
 */
final class SalesRows implements Iterator<Object[]> {

  private final SalesFile file;
  private final String name;
  private final String sha256;
  private final Function<LineOutcome, Object @Nullable []> toRow;
  private Object @Nullable [] row;
  private boolean ended;

  /**
   * Begins a pass.
   *
   * @param file just opened; closed by the caller
   * @param name the file as people know it
   * @param sha256 what the survey found
   * @param toRow makes the row of a line, or null if the line has none
   */
  SalesRows(
      SalesFile file,
      String name,
      String sha256,
      Function<LineOutcome, Object @Nullable []> toRow) {
    this.file = file;
    this.name = name;
    this.sha256 = sha256;
    this.toRow = toRow;
  }

  @Override
  public boolean hasNext() {
    try {
      while (row == null && !ended) {
        LineOutcome line = file.next();
        if (line == null) {
          ended = true;
          refuseChanged();
        } else {
          row = toRow.apply(line);
        }
      }
      return row != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refuseChanged() throws IOException {
    if (!file.sha256OfAll().equals(sha256)) {
      throw new RetryLater(
          Duration.ofMinutes(1),
          "The file " + name + " changed while it was read; it is probably still being written.");
    }
  }

  @Override
  public Object[] next() {
    if (!hasNext() || row == null) {
      throw new NoSuchElementException();
    }
    Object[] next = row;
    row = null;
    return next;
  }
}
