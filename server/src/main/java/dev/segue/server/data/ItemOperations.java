package dev.segue.server.data;

import dev.segue.sdk.Site;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue over HTTP. */
final class ItemOperations {

  private static final Duration IMPORT_TIMEOUT = Duration.ofMinutes(2);

  private final Database database;
  private final SiteRows sites;
  private final ItemRows items;
  private final Audit audit;

  ItemOperations(Database database, SiteRows sites, ItemRows items, Audit audit) {
    this.database = database;
    this.sites = sites;
    this.items = items;
    this.audit = audit;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listItems", Role.VIEWER, this::list),
        Operation.of("getItem", Role.VIEWER, this::get),
        Operation.of("putItem", Role.DESIGNER, this::put),
        Operation.of("patchItem", Role.DESIGNER, this::patch),
        Operation.of("importItems", Role.DESIGNER, this::importAll));
  }

  /** What is said of an item. */
  record Content(
      String name,
      @Nullable String category,
      @Nullable BigDecimal price,
      @Nullable BigDecimal unitCost,
      @Nullable String currency,
      @Nullable Boolean active) {}

  private ApiResponse list(ApiRequest request) {
    Site site = site(database.jooq(), request);
    return ApiResponse.ok(
        items.list(
            database.jooq(),
            site.id(),
            request.query("active").map(Boolean::valueOf).orElse(null),
            request.query("category").orElse(null),
            request.page()));
  }

  private ApiResponse get(ApiRequest request) {
    return shown(find(database.jooq(), site(database.jooq(), request), request));
  }

  private ApiResponse put(ApiRequest request) {
    Content content = request.json(Content.class);
    return shown(
        database.transaction(
            tx -> {
              Site site = site(tx, request);
              Item wanted = item(site, request.path("item"), content);
              Optional<Item> before = items.find(tx, site.id(), wanted.id());
              if (before.isEmpty() && request.ifMatch().isEmpty() && items.insert(tx, wanted)) {
                record(tx, request, "item.create", wanted);
                return wanted;
              }
              return replace(tx, request, wanted);
            }));
  }

  private ApiResponse patch(ApiRequest request) {
    return shown(
        database.transaction(
            tx -> {
              Site site = site(tx, request);
              Item before = find(tx, site, request);
              ObjectNode patch = request.json();
              Item after =
                  new Item(
                      before.site(),
                      before.id(),
                      patch.path("name").asString(before.name()),
                      patch.path("category").asString(before.category()),
                      amount(patch, "price", before.price()),
                      amount(patch, "unitCost", before.unitCost()),
                      before.currency(),
                      patch.path("active").asBoolean(before.active()),
                      before.version());
              return replace(tx, request, after);
            }));
  }

  private Item replace(DSLContext tx, ApiRequest request, Item wanted) {
    Item before =
        items
            .find(tx, wanted.site(), wanted.id())
            .orElseThrow(() -> ApiException.edited("The item " + wanted.id()));
    int version = request.ifMatch().orElse(before.version());
    if (!items.update(tx, wanted, version)) {
      throw ApiException.edited("The item " + wanted.id());
    }
    record(tx, request, "item.change", wanted);
    return wanted.withVersion(version + 1);
  }

  private ApiResponse importAll(ApiRequest request) {
    Site known = site(database.jooq(), request);
    Map<String, Item> wanted =
        ItemFile.read(known.id(), known.currency().getCurrencyCode(), request.bytes());
    ObjectNode counts =
        database.transaction(
            IMPORT_TIMEOUT,
            tx -> {
              Site site = site(tx, request);
              Map<String, Item> before = items.lockAll(tx, site.id());
              int added = 0;
              int changed = 0;
              for (Item item : wanted.values()) {
                Item old = before.get(item.id());
                if (old == null) {
                  items.insert(tx, item);
                  added++;
                } else if (!item.saysTheSameAs(old)) {
                  items.update(tx, item, old.version());
                  changed++;
                }
              }
              ObjectNode result =
                  Json.object()
                      .put("added", added)
                      .put("changed", changed)
                      .put("unchanged", wanted.size() - added - changed);
              audit.record(
                  tx,
                  new AuditEntry(
                      request.principal().username(), "item.import", "site", site.id(), result));
              return result;
            });
    return ApiResponse.ok(counts);
  }

  private static ApiResponse shown(Item item) {
    return ApiResponse.ok(item).withVersion(item.version());
  }

  private Site site(DSLContext tx, ApiRequest request) {
    String id = request.path("site");
    return sites
        .find(tx, id)
        .filter(found -> request.principal().mayActOn(id))
        .orElseThrow(() -> ApiException.notFound("site", id))
        .site();
  }

  private Item find(DSLContext tx, Site site, ApiRequest request) {
    String id = request.path("item");
    return items
        .find(tx, site.id(), id)
        .orElseThrow(
            () -> ApiException.notFound("The site %s has no item %s.".formatted(site.id(), id)));
  }

  private void record(DSLContext tx, ApiRequest request, String action, Item item) {
    audit.record(
        tx,
        new AuditEntry(
            request.principal().username(),
            action,
            "item",
            item.site() + "/" + item.id(),
            request.json()));
  }

  private static Item item(Site site, String id, Content content) {
    String currency =
        Objects.requireNonNullElse(content.currency(), site.currency().getCurrencyCode());
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
      throw ApiException.invalid("currency", "There is no currency %s.".formatted(currency));
    }
    return new Item(
        site.id(),
        id,
        content.name(),
        Objects.requireNonNullElse(content.category(), ""),
        content.price(),
        content.unitCost(),
        currency,
        content.active() == null || content.active(),
        1);
  }

  private static @Nullable BigDecimal amount(
      ObjectNode patch, String field, @Nullable BigDecimal before) {
    JsonNode value = patch.path(field);
    if (value.isMissingNode()) {
      return before;
    }
    return value.isNull() ? null : value.asDecimal();
  }
}
