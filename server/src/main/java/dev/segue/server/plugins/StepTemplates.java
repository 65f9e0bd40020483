package dev.segue.server.plugins;

import dev.segue.bpmn.model.InstalledSteps;
import dev.segue.bpmn.model.editor.ElementTemplates;
import dev.segue.runtime.version.VersionRange;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The element templates of all step types that are served, as the versions that serve them say. */
final class StepTemplates implements InstalledSteps {

  private final StepCatalog catalog;
  private final BiPredicate<String, VersionRange> versions;

  /**
   * Looks at that catalog with each call.
   *
   * @param versions whether an installed version in a range could serve a step type
   */
  StepTemplates(StepCatalog catalog, BiPredicate<String, VersionRange> versions) {
    this.catalog = catalog;
    this.versions = versions;
  }

  @Override
  public boolean serves(String stepType) {
    return catalog.find(stepType).isPresent();
  }

  @Override
  public boolean serves(String stepType, VersionRange range) {
    return versions.test(stepType, range);
  }

  @Override
  public OptionalLong templateVersion(String stepType) {
    return catalog
        .offer(stepType)
        .map(offer -> OptionalLong.of(ElementTemplates.version(offer.pluginVersion())))
        .orElseGet(OptionalLong::empty);
  }

  static ObjectNode of(StepOffer offer) {
    return ElementTemplates.of(offer.step(), offer.pluginVersion());
  }

  /**
   * All templates as one array, which the Modeler takes as a file; of one plugin if one is named.
   */
  ApiResponse list(ApiRequest request) {
    List<StepOffer> offers = catalog.offers();
    String plugin = request.query("plugin").orElse("");
    ArrayNode templates = Json.object().putArray("templates");
    offers.stream()
        .filter(offer -> plugin.isEmpty() || offer.step().type().plugin().equals(plugin))
        .sorted(Comparator.comparing(offer -> offer.step().type()))
        .forEach(offer -> templates.add(of(offer)));
    if (templates.isEmpty() && !plugin.isEmpty()) {
      throw ApiException.notFound("plugin with steps", plugin);
    }
    return ApiResponse.ok(templates);
  }
}
