package dev.segue.server.plugins.catalogue;

import dev.segue.runtime.catalogue.CataloguePlugin;
import dev.segue.runtime.catalogue.CatalogueRelease;
import dev.segue.runtime.version.SdkVersion;
import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Catalogues, and the plugins on offer in them, by HTTP. Thread-safe. */
public final class CatalogueOperations {

  private final Database database;
  private final Audit audit;
  private final CatalogueRows rows;
  private final PluginOffers offers;
  private final OfferInstaller installer;

  /**
   * Answers from that database.
   *
   * @param keys whose signatures under lists are trusted
   * @param installer takes the zips
   */
  public CatalogueOperations(
      Database database, Audit audit, TrustedKeys keys, OfferInstaller installer) {
    this.database = database;
    this.audit = audit;
    this.rows = new CatalogueRows(database);
    this.offers = new PluginOffers(rows, keys, new CatalogueDownload());
    this.installer = installer;
  }

  /** The operations of the contract that belong to catalogues. */
  public List<Operation> operations() {
    return List.of(
        Operation.of("listPluginCatalogues", Role.VIEWER, request -> list()),
        Operation.of("addPluginCatalogue", Role.ADMIN, this::add),
        Operation.of("removePluginCatalogue", Role.ADMIN, this::remove),
        Operation.of("searchPluginOffers", Role.VIEWER, this::search),
        Operation.of("installPluginOffer", Role.ADMIN, this::install));
  }

  private ApiResponse list() {
    return ApiResponse.ok(Page.all(rows.list().stream().map(CatalogueOperations::view).toList()));
  }

  private static ObjectNode view(CatalogueRows.Row row) {
    return Json.object()
        .put("name", row.name())
        .put("place", row.place())
        .put("addedBy", row.addedBy())
        .put("addedAt", row.addedAt().toString());
  }

  private record NewCatalogue(String name, String place) {}

  private ApiResponse add(ApiRequest request) {
    NewCatalogue wish = request.json(NewCatalogue.class);
    String by = request.principal().username();
    int plugins;
    try {
      plugins = offers.check(wish.name(), wish.place()).catalogue().plugins().size();
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("place", String.valueOf(e.getMessage()));
    } catch (CatalogueUnusableException e) {
      throw ApiException.invalid("place", e.words());
    }
    database.inTransaction(
        tx -> {
          if (!rows.add(tx, wish.name(), wish.place(), by)) {
            throw ApiException.conflict(
                "There is a catalogue %s already; remove it first or choose another name."
                    .formatted(wish.name()));
          }
          audit.record(
              tx,
              new AuditEntry(
                  by,
                  "plugin-catalogue.add",
                  "plugin-catalogue",
                  wish.name(),
                  Json.object().put("place", wish.place())));
        });
    return ApiResponse.created(
        "/api/v1/plugin-catalogues/" + wish.name(),
        rows.list().stream()
            .filter(row -> row.name().equals(wish.name()))
            .findFirst()
            .map(row -> view(row).put("plugins", plugins))
            .orElseThrow());
  }

  private ApiResponse remove(ApiRequest request) {
    String name = request.path("catalogue");
    database.inTransaction(
        tx -> {
          if (!rows.remove(tx, name)) {
            throw ApiException.notFound("plugin catalogue", name);
          }
          audit.record(
              tx,
              request.principal().username(),
              "plugin-catalogue.remove",
              "plugin-catalogue",
              name);
        });
    return ApiResponse.done();
  }

  private ApiResponse search(ApiRequest request) {
    boolean updates = request.flag("updates");
    PluginOffers.Found found = offers.search(request.query("q").orElse(""));
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    found.offers().stream()
        .map(this::view)
        .filter(view -> !updates || view.path("update").asBoolean(false))
        .forEach(items::add);
    ArrayNode unusable = answer.putArray("unusable");
    found
        .unusable()
        .forEach(
            one ->
                unusable.addObject().put("catalogue", one.catalogue()).put("reason", one.reason()));
    return ApiResponse.ok(answer);
  }

  private ObjectNode view(PluginOffers.Offer offer) {
    CataloguePlugin plugin = offer.plugin();
    ObjectNode view = Json.object();
    view.put("id", plugin.id());
    view.put("title", plugin.title());
    view.put("description", plugin.description());
    view.put("provider", plugin.provider());
    view.put("license", plugin.license());
    view.put("catalogue", offer.from().name());
    view.put("signedBy", offer.from().signer().name());
    String installed = installer.installed(plugin.id());
    String fitting = fitting(plugin);
    view.put("version", fitting);
    view.put("installed", installed);
    view.put("update", isNewer(fitting, installed));
    ArrayNode releases = view.putArray("releases");
    for (CatalogueRelease release : plugin.releases()) {
      ObjectNode json = releases.addObject();
      json.put("version", release.version().toString());
      json.put("requires", release.requires().toString());
      json.put("bytes", release.bytes());
      release.stepTypes().forEach(json.putArray("steps")::add);
    }
    return view;
  }

  private static String fitting(CataloguePlugin plugin) {
    return plugin.pick(VersionRange.parse("*"), SdkVersion.current())
            instanceof CataloguePlugin.Pick.Found(CatalogueRelease release)
        ? release.version().toString()
        : "";
  }

  private static boolean isNewer(String offered, String installed) {
    return !offered.isEmpty()
        && !installed.isEmpty()
        && SemanticVersion.parse(offered).compareTo(SemanticVersion.parse(installed)) > 0;
  }

  private record Installation(@Nullable String range, @Nullable Boolean preview) {}

  private ApiResponse install(ApiRequest request) throws IOException {
    Installation wish = request.json(Installation.class);
    String plugin = request.path("plugin");
    PluginOffers.Pick pick = offers.pick(plugin, wish.range() == null ? "" : wish.range());
    if (Boolean.TRUE.equals(wish.preview())) {
      return ApiResponse.ok(offers.fetched(pick, installer::preview));
    }
    ObjectNode installed =
        offers.fetched(
            pick,
            zip ->
                installer.install(
                    zip, pick.from().signer(), pick.from().name(), request.principal().username()));
    return ApiResponse.created("/api/v1/plugins/" + plugin, installed);
  }
}
