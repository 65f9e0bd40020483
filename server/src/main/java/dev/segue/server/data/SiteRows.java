package dev.segue.server.data;

import static dev.segue.server.storage.jooq.data.Tables.ITEM_ROW;
import static dev.segue.server.storage.jooq.data.Tables.SALES_ORDER_ROW;
import static dev.segue.server.storage.jooq.data.Tables.SITE_ROW;

import dev.segue.sdk.Site;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.storage.jooq.data.tables.records.SiteRowRecord;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of sites. */
final class SiteRows {

  Optional<StoredSite> find(DSLContext tx, String id) {
    return tx.selectFrom(SITE_ROW)
        .where(SITE_ROW.SITE_ID.eq(id))
        .fetchOptional(SiteRows::read)
        .map(site -> withCalendar(tx, List.of(site)).getFirst());
  }

  /**
   * Sites by id.
   *
   * @param only ids of the sites that the caller may see; null for all
   */
  Page<StoredSite> list(DSLContext tx, @Nullable Set<String> only, PageRequest page) {
    Condition visible = only == null ? DSL.noCondition() : SITE_ROW.SITE_ID.in(only);
    Condition after =
        page.after() == null ? DSL.noCondition() : SITE_ROW.SITE_ID.gt(page.after().part(0));
    List<StoredSite> rows =
        tx.selectFrom(SITE_ROW)
            .where(visible, after)
            .orderBy(SITE_ROW.SITE_ID)
            .limit(page.fetch())
            .fetch(SiteRows::read);
    return Page.of(rows, page, stored -> Cursor.of(stored.site().id()));
  }

  /** All sites by id, with their calendars. */
  List<Site> all(DSLContext tx) {
    return withCalendar(tx, tx.selectFrom(SITE_ROW).orderBy(SITE_ROW.SITE_ID).fetch(SiteRows::read))
        .stream()
        .map(StoredSite::site)
        .toList();
  }

  private static List<StoredSite> withCalendar(DSLContext tx, List<StoredSite> sites) {
    Map<String, Map<LocalDate, List<Site.Hours>>> exceptions = SiteCalendar.exceptions(tx, sites);
    return sites.stream()
        .map(
            stored -> {
              Site site = stored.site();
              return new StoredSite(
                  new Site(
                      site.id(),
                      site.name(),
                      site.zone(),
                      site.currency(),
                      site.businessDayEnd(),
                      site.openingHours(),
                      exceptions.getOrDefault(site.id(), Map.of())),
                  stored.country(),
                  stored.closedOnHolidays(),
                  stored.version());
            })
        .toList();
  }

  /**
   * Adds a site.
   *
   * @return false if there is one of that id
   */
  boolean insert(DSLContext tx, StoredSite stored) {
    SiteRowRecord row = tx.newRecord(SITE_ROW);
    row.setSiteId(stored.site().id());
    row.setVersion(stored.version());
    fill(row, stored);
    return tx.insertInto(SITE_ROW).set(row).onConflictDoNothing().execute() == 1;
  }

  /**
   * Replaces a site in the given version.
   *
   * @return false if it isn't in that version any more
   */
  boolean update(DSLContext tx, StoredSite stored, int version) {
    SiteRowRecord row = tx.newRecord(SITE_ROW);
    fill(row, stored);
    row.setVersion(version + 1);
    return tx.update(SITE_ROW)
            .set(row)
            .where(SITE_ROW.SITE_ID.eq(stored.site().id()), SITE_ROW.VERSION.eq(version))
            .execute()
        == 1;
  }

  boolean hasData(DSLContext tx, String id) {
    return tx.fetchExists(ITEM_ROW, ITEM_ROW.SITE_ID.eq(id))
        || tx.fetchExists(SALES_ORDER_ROW, SALES_ORDER_ROW.SITE_ID.eq(id));
  }

  void delete(DSLContext tx, String id) {
    tx.deleteFrom(SITE_ROW).where(SITE_ROW.SITE_ID.eq(id)).execute();
  }

  private static void fill(SiteRowRecord row, StoredSite stored) {
    Site site = stored.site();
    row.setName(site.name());
    row.setZone(site.zone().getId());
    row.setCurrency(site.currency().getCurrencyCode());
    row.setCountry(stored.country());
    row.setClosedOnHolidays(stored.closedOnHolidays());
    row.setBusinessDayEnd(site.businessDayEnd());
    row.setOpeningHours(JSONB.jsonb(OpeningHours.write(site.openingHours()).toString()));
  }

  private static StoredSite read(SiteRowRecord row) {
    Site site =
        new Site(
            row.getSiteId(),
            row.getName(),
            ZoneId.of(row.getZone()),
            Currency.getInstance(row.getCurrency()),
            row.getBusinessDayEnd(),
            OpeningHours.read(Json.parse(row.getOpeningHours().data())));
    return new StoredSite(site, row.getCountry(), row.getClosedOnHolidays(), row.getVersion());
  }
}
