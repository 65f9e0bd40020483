package dev.segue.server.data;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The table of groups of sites. */
final class SiteGroupRows {

  /** Sites that are spoken of together. */
  record SiteGroup(String id, String name, List<String> sites) {

    SiteGroup {
      sites = List.copyOf(sites);
    }
  }

  Optional<SiteGroup> find(DSLContext tx, String id) {
    return tx.fetchOptional(
            "select group_id, name, sites from data.site_group_row where group_id = ?", id)
        .map(SiteGroupRows::read);
  }

  Page<SiteGroup> list(DSLContext tx, PageRequest page) {
    List<SiteGroup> rows =
        tx.fetch(
                """
                select group_id, name, sites from data.site_group_row
                where group_id > ? order by group_id limit ?\
                """,
                page.after() == null ? "" : page.after().part(0),
                page.fetch())
            .map(SiteGroupRows::read);
    return Page.of(rows, page, group -> Cursor.of(group.id()));
  }

  /** Ids among these of which there is no site. */
  List<String> unknown(DSLContext tx, List<String> sites) {
    return tx.fetch(
            """
            select id from unnest(?::text[]) as id
            where not exists (select 1 from data.site_row where site_id = id)\
            """,
            (Object) sites.toArray(String[]::new))
        .map(row -> row.get(0, String.class));
  }

  void put(DSLContext tx, SiteGroup group) {
    tx.execute(
        """
        insert into data.site_group_row as g (group_id, name, sites) values (?, ?, ?)
        on conflict (group_id) do update
        set name = excluded.name, sites = excluded.sites, version = g.version + 1\
        """,
        group.id(),
        group.name(),
        group.sites().toArray(String[]::new));
  }

  boolean remove(DSLContext tx, String id) {
    return tx.execute("delete from data.site_group_row where group_id = ?", id) == 1;
  }

  private static SiteGroup read(Record row) {
    return new SiteGroup(
        row.get(0, String.class), row.get(1, String.class), List.of(row.get(2, String[].class)));
  }
}
