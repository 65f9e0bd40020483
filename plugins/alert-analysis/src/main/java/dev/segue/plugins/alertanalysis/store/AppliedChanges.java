package dev.segue.plugins.alertanalysis.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads what Segue itself has changed outside. */
public final class AppliedChanges {

  private static final int MOST = 50;

  private final Rows rows;

  /**
   * Reads changes.
   *
   * @param database sees what was known at the run's now
   */
  public AppliedChanges(DataSource database) {
    this.rows = new Rows(database);
  }

  /**
   * A change that was applied.
   *
   * @param set the change set that it was part of
   * @param stepType what applied it
   * @param kind of its target, such as {@code campaign-budget}
   * @param target the target's id, such as {@code lunch} or {@code lunch-all/photo}
   * @param takenBack whether its set has been undone since
   */
  public record AppliedChange(
      UUID set,
      String stepType,
      String title,
      String kind,
      String target,
      Instant at,
      boolean takenBack) {}

  /**
   * Lists changes at a site, the newest first; changes that undo others aren't listed.
   *
   * @param siteId null for those of no site
   */
  public List<AppliedChange> between(@Nullable String siteId, Instant from, Instant to)
      throws SQLException {
    return rows.list(
        row ->
            new AppliedChange(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getTimestamp(6).toInstant(),
                row.getBoolean(7)),
        "select set_id, step_type, title, target_kind, target_id, applied_at, taken_back"
            + " from data.applied_change where coalesce(site_id, '') = ? and undoes is null"
            + " and applied_at >= ? and applied_at < ? order by applied_at desc, ordinal limit "
            + MOST,
        siteId == null ? "" : siteId,
        from,
        to);
  }
}
