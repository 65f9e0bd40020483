package dev.segue.server.workflows;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What {@code workflow.yaml} says of a package.
 *
 * @param id the BPMN process id of the main process
 * @param title for people; null for the process's label
 * @param description what it is for
 * @param startForm id of the form to start a run with; null for the one that the diagram links
 * @param site the site of runs that name none; null for none
 * @param pinned the plugin versions that its steps use, or ranges of them, by plugin id; null to
 *     leave them as they are
 * @param policies limits within which changes need no person, for the approvals to read; null for
 *     none
 * @param triggers schedules and the like, for the triggers to read; null for none
 * @param outcomes what its runs expect, for rehearsals to look at what followed; null for none
 */
record PackageSettings(
    @Nullable String id,
    @Nullable String title,
    @Nullable String description,
    @Nullable String startForm,
    @Nullable String site,
    @Nullable Map<String, String> pinned,
    @Nullable ObjectNode policies,
    @Nullable List<ObjectNode> triggers,
    @Nullable List<ObjectNode> outcomes) {

  static final PackageSettings NONE =
      new PackageSettings(null, null, null, null, null, null, null, null, null);

  private static final List<String> KEYS =
      Arrays.stream(PackageSettings.class.getRecordComponents())
          .map(RecordComponent::getName)
          .toList();
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  List<ObjectNode> declaredTriggers() {
    return triggers == null ? List.of() : triggers;
  }

  List<ObjectNode> declaredOutcomes() {
    return outcomes == null ? List.of() : outcomes;
  }

  static PackageSettings parse(byte[] yaml) {
    try {
      PackageSettings settings = YAML.readValue(yaml, PackageSettings.class);
      return settings == null ? NONE : settings;
    } catch (UnrecognizedPropertyException e) {
      throw new PackageException(
          "%s, line %d: there is no key %s. Known are %s."
              .formatted(
                  PackageReader.SETTINGS_FILE,
                  lineOf(yaml, e.getPropertyName()),
                  e.getPropertyName(),
                  String.join(", ", KEYS)),
          e);
    } catch (JacksonException e) {
      String place =
          e.getLocation() == null || e.getLocation().getLineNr() < 1
              ? ""
              : ", line " + e.getLocation().getLineNr();
      throw new PackageException(
          "%s%s: %s".formatted(PackageReader.SETTINGS_FILE, place, firstLine(e)), e);
    }
  }

  /** The binding doesn't tell where a key stood. */
  private static int lineOf(byte[] yaml, String key) {
    List<String> lines = new String(yaml, StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith(key)) {
        return i + 1;
      }
    }
    return 1;
  }

  private static String firstLine(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("it can't be read");
  }
}
