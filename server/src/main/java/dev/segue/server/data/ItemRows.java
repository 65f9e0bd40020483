package dev.segue.server.data;

import static dev.segue.server.storage.jooq.data.Tables.ITEM_ROW;

import dev.segue.server.http.Cursor;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.storage.jooq.data.tables.records.ItemRowRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of items. */
final class ItemRows {

  Optional<Item> find(DSLContext tx, String site, String id) {
    return tx.selectFrom(ITEM_ROW).where(is(site, id)).fetchOptional(ItemRows::read);
  }

  /** All items of a site by id, locked until the commit. */
  Map<String, Item> lockAll(DSLContext tx, String site) {
    return tx.selectFrom(ITEM_ROW)
        .where(ITEM_ROW.SITE_ID.eq(site))
        .forUpdate()
        .fetchMap(ITEM_ROW.ITEM_ID, ItemRows::read);
  }

  /** Items of a site by id. */
  Page<Item> list(
      DSLContext tx,
      String site,
      @Nullable Boolean active,
      @Nullable String category,
      PageRequest page) {
    Condition condition =
        DSL.and(
            ITEM_ROW.SITE_ID.eq(site),
            active == null ? DSL.noCondition() : ITEM_ROW.ACTIVE.eq(active),
            category == null ? DSL.noCondition() : ITEM_ROW.CATEGORY.eq(category),
            page.after() == null ? DSL.noCondition() : ITEM_ROW.ITEM_ID.gt(page.after().part(0)));
    List<Item> rows =
        tx.selectFrom(ITEM_ROW)
            .where(condition)
            .orderBy(ITEM_ROW.ITEM_ID)
            .limit(page.fetch())
            .fetch(ItemRows::read);
    return Page.of(rows, page, item -> Cursor.of(item.id()));
  }

  /**
   * Adds an item.
   *
   * @return false if there is one of that id
   */
  boolean insert(DSLContext tx, Item item) {
    return tx.insertInto(ITEM_ROW).set(row(tx, item)).onConflictDoNothing().execute() == 1;
  }

  /**
   * Replaces an item in the given version.
   *
   * @return false if it isn't in that version any more
   */
  boolean update(DSLContext tx, Item item, int version) {
    return tx.update(ITEM_ROW)
            .set(row(tx, item.withVersion(version + 1)))
            .where(is(item.site(), item.id()), ITEM_ROW.VERSION.eq(version))
            .execute()
        == 1;
  }

  private static Condition is(String site, String id) {
    return ITEM_ROW.SITE_ID.eq(site).and(ITEM_ROW.ITEM_ID.eq(id));
  }

  private static ItemRowRecord row(DSLContext tx, Item item) {
    ItemRowRecord row = tx.newRecord(ITEM_ROW);
    row.setSiteId(item.site());
    row.setItemId(item.id());
    row.setName(item.name());
    row.setCategory(item.category());
    row.setPrice(item.price());
    row.setUnitCost(item.unitCost());
    row.setCurrency(item.currency());
    row.setActive(item.active());
    row.setVersion(item.version());
    return row;
  }

  private static Item read(ItemRowRecord row) {
    return new Item(
        row.getSiteId(),
        row.getItemId(),
        row.getName(),
        row.getCategory(),
        row.getPrice(),
        row.getUnitCost(),
        row.getCurrency(),
        row.getActive(),
        row.getVersion());
  }
}
