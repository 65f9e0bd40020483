package dev.segue.server.plugins.catalogue;

import dev.segue.server.storage.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.DSLContext;

/** Which catalogues an administrator has added. Thread-safe. */
final class CatalogueRows {

  private final Database database;

  CatalogueRows(Database database) {
    this.database = database;
  }

  /**
   * A catalogue.
   *
   * @param name by which people know it
   * @param place as {@link CataloguePlace#parse} reads it
   */
  record Row(String name, String place, String addedBy, Instant addedAt) {}

  /** All of them, the oldest first: where two offer a plugin, the older one's counts. */
  List<Row> list() {
    return database
        .jooq()
        .fetch(
            """
            select name, place, added_by, added_at from segue.plugin_catalogue
            order by added_at, name\
            """)
        .map(
            row ->
                new Row(
                    row.get("name", String.class),
                    row.get("place", String.class),
                    row.get("added_by", String.class),
                    row.get("added_at", OffsetDateTime.class).toInstant()));
  }

  /** Adds one; false if the name is taken. */
  boolean add(DSLContext tx, String name, String place, String by) {
    return tx.execute(
            """
            insert into segue.plugin_catalogue (name, place, added_by) values (?, ?, ?)
            on conflict (name) do nothing\
            """,
            name,
            place,
            by)
        == 1;
  }

  /** Takes one out; false if there is none. */
  boolean remove(DSLContext tx, String name) {
    return tx.execute("delete from segue.plugin_catalogue where name = ?", name) == 1;
  }
}
