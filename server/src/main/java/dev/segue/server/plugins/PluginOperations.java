package dev.segue.server.plugins;

import dev.segue.bpmn.model.editor.TypedField;
import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.runtime.StepDescriptor;
import dev.segue.server.connections.ConnectionOperations;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.plugins.catalogue.CatalogueOperations;
import dev.segue.server.plugins.catalogue.OfferInstaller;
import dev.segue.server.plugins.catalogue.TrustedKeys;
import dev.segue.server.storage.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Plugins and the step types that they serve, by HTTP. */
public final class PluginOperations {

  private final PluginHost host;
  private final VersionChanges changes;
  private final StepTemplates templates;
  private final PluginKeyOperations keys;
  private final CatalogueOperations catalogues;

  /**
   * Answers from that host.
   *
   * @param use tells what depends on a plugin
   */
  public PluginOperations(PluginHost host, StepUse use, Database database, Audit audit) {
    this.host = host;
    this.templates = new StepTemplates(host.steps(), (type, versions) -> true);
    PluginKeys trusted = new PluginKeys(database);
    this.changes = new VersionChanges(host, use, trusted, database, audit);
    this.keys = new PluginKeyOperations(trusted, database, audit);
    this.catalogues =
        new CatalogueOperations(
            database, audit, id -> trusted.find(id).map(PluginKeys.Key::trusted), new Offered());
  }

  /** The operations of the contract that belong to plugins. */
  public List<Operation> operations() {
    List<Operation> all = new ArrayList<>(keys.operations());
    all.addAll(catalogues.operations());
    all.addAll(own());
    return all;
  }

  private List<Operation> own() {
    return List.of(
        Operation.of("listPlugins", Role.VIEWER, request -> list()),
        Operation.of("getPlugin", Role.VIEWER, this::get),
        Operation.of("installPlugin", Role.ADMIN, this::install),
        Operation.of("enablePluginVersion", Role.ADMIN, this::enable),
        Operation.of("disablePluginVersion", Role.ADMIN, this::disable),
        Operation.of("quarantinePluginVersion", Role.ADMIN, this::quarantine),
        Operation.of("rollBackPlugin", Role.ADMIN, this::rollBack),
        Operation.of("removePluginVersion", Role.ADMIN, this::remove),
        Operation.of("listSteps", Role.VIEWER, request -> steps()),
        Operation.of("listStepTemplates", Role.VIEWER, templates::list),
        Operation.of("getStep", Role.VIEWER, this::step));
  }

  /** Takes zips from catalogues. */
  private final class Offered implements OfferInstaller {

    @Override
    public ObjectNode preview(Path zip) throws IOException {
      return PreviewView.of(changes.preview(zip));
    }

    @Override
    public ObjectNode install(Path zip, TrustedKeys.TrustedKey signer, String catalogue, String by)
        throws IOException {
      return view(
          changes.install(
              zip, new PluginTrust.SignedBy(signer.id(), signer.name()), catalogue, by));
    }

    @Override
    public String installed(String plugin) {
      List<InstalledPlugin> versions = byId().get(plugin);
      return versions == null ? "" : current(versions).version().version();
    }
  }

  private ApiResponse list() {
    List<ObjectNode> shown = new ArrayList<>();
    byId().values().forEach(versions -> shown.add(view(current(versions))));
    return ApiResponse.ok(Page.all(shown));
  }

  private ApiResponse get(ApiRequest request) {
    String id = request.path("plugin");
    List<InstalledPlugin> versions = byId().get(id);
    if (versions == null) {
      throw ApiException.notFound("plugin", id);
    }
    ObjectNode view = view(current(versions));
    ArrayNode all = view.putArray("versions");
    versions.forEach(version -> all.add(view(version)));
    ArrayNode steps = view.putArray("steps");
    host.steps().all().stream()
        .filter(step -> step.type().plugin().equals(id))
        .forEach(step -> steps.add(stepView(step)));
    ArrayNode types = view.putArray("connectionTypes");
    for (ConnectionDescriptor type : host.connectionTypes().connectionTypes()) {
      if (type.plugin().equals(id)) {
        types.add(ConnectionOperations.typeView(type));
      }
    }
    return ApiResponse.ok(view);
  }

  private ApiResponse install(ApiRequest request) throws IOException {
    if (request.flag("preview")) {
      String trust =
          changes
              .trust(request.bytes(), request.query("signature"))
              .map(PluginTrust::inWords)
              .orElse("unsigned");
      return ApiResponse.ok(PreviewView.of(changes.preview(request.bytes())).put("trust", trust));
    }
    InstalledPlugin installed =
        changes.install(
            request.bytes(),
            request.query("signature"),
            request.flag("allowUnsigned"),
            by(request));
    return ApiResponse.created(
        "/api/v1/plugins/" + installed.version().pluginId(), view(installed));
  }

  private ApiResponse enable(ApiRequest request) {
    return ApiResponse.ok(
        view(changes.enable(request.path("plugin"), request.path("version"), by(request))));
  }

  private ApiResponse disable(ApiRequest request) {
    return ApiResponse.ok(
        view(
            changes.disable(
                request.path("plugin"),
                request.path("version"),
                request.flag("force"),
                by(request))));
  }

  private ApiResponse quarantine(ApiRequest request) {
    return ApiResponse.ok(
        view(
            changes.quarantine(
                request.path("plugin"),
                request.path("version"),
                request.json().path("reason").asString(),
                by(request))));
  }

  private ApiResponse rollBack(ApiRequest request) {
    return ApiResponse.ok(
        view(changes.rollBack(request.path("plugin"), request.flag("force"), by(request))));
  }

  private ApiResponse remove(ApiRequest request) {
    changes.remove(
        request.path("plugin"), request.path("version"), request.flag("force"), by(request));
    return ApiResponse.done();
  }

  private static String by(ApiRequest request) {
    return request.principal().username();
  }

  private ApiResponse steps() {
    return ApiResponse.ok(Page.all(host.steps().all().stream().map(this::stepView).toList()));
  }

  private ApiResponse step(ApiRequest request) {
    String type = request.path("step");
    StepOffer offer =
        host.steps().offer(type).orElseThrow(() -> ApiException.notFound("step type", type));
    StepDescriptor step = offer.step();
    ObjectNode view = stepView(step);
    view.set("input", step.inputSchema());
    view.set("output", step.outputSchema());
    view.set("outputs", TypedField.toJson(TypedField.of(step.outputSchema())));
    view.set("template", StepTemplates.of(offer));
    if (!step.examples().isEmpty()) {
      view.set("example", step.examples().getFirst());
    }
    return ApiResponse.ok(view);
  }

  private Map<String, List<InstalledPlugin>> byId() {
    Map<String, List<InstalledPlugin>> byId = new LinkedHashMap<>();
    for (InstalledPlugin plugin : host.list()) {
      byId.computeIfAbsent(plugin.version().pluginId(), id -> new ArrayList<>()).add(plugin);
    }
    return byId;
  }

  /** The version that serves; where none does, the one that was listed first. */
  private static InstalledPlugin current(List<InstalledPlugin> versions) {
    return versions.stream()
        .filter(InstalledPlugin::loaded)
        .findFirst()
        .orElseGet(versions::getFirst);
  }

  private ObjectNode view(InstalledPlugin plugin) {
    PluginVersionRow row = plugin.version();
    ObjectNode view = Json.object();
    view.put("id", row.pluginId());
    view.put("version", row.version());
    view.put("state", row.state().name().toLowerCase(Locale.ROOT));
    view.put("source", row.source().name().toLowerCase(Locale.ROOT));
    view.put("message", row.message());
    view.put("trust", row.trust().inWords());
    view.set("signedBy", signer(row.trust()));
    view.put("installedAt", row.installedAt().toString());
    List<String> stray = host.health().strayCalls(row.pluginId(), row.version());
    if (!stray.isEmpty()) {
      stray.forEach(view.putArray("strayCalls")::add);
    }
    host.heldBy(row).ifPresent(holder -> view.put("heldInMemoryBy", holder));
    return view;
  }

  private static JsonNode signer(PluginTrust trust) {
    return trust instanceof PluginTrust.SignedBy signed
        ? Json.object().put("key", signed.keyId()).put("name", signed.keyName())
        : NullNode.getInstance();
  }

  private ObjectNode stepView(StepDescriptor step) {
    ObjectNode view = Json.object();
    String type = step.type().toString();
    view.put("type", type);
    view.put("plugin", step.type().plugin());
    String version = host.steps().pluginVersion(type).orElse("");
    view.put("pluginVersion", version);
    view.put("title", step.title());
    view.put("description", step.description());
    view.put("effect", step.effect().name().toLowerCase(Locale.ROOT));
    view.put("load", step.policy().load().name().toLowerCase(Locale.ROOT));
    ArrayNode types = view.putArray("connectionTypes");
    new TreeSet<>(step.connections().values()).forEach(types::add);
    host.health()
        .heldBack(type, version)
        .ifPresent(
            heldBack ->
                view.putObject("heldBack")
                    .put("since", heldBack.since().toString())
                    .put("until", heldBack.until().toString())
                    .put("lastFailure", heldBack.lastFailure()));
    return view;
  }
}
