package dev.segue.server.app;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Settings as text, each with the place that it comes from, and what was wrong on the way. */
final class RawSettings {

  /** Variables of our start scripts and of the command line, which are no settings. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "SEGUE_HOME",
          "SEGUE_HEAP",
          "SEGUE_JAVA_OPTS",
          "SEGUE_URL",
          "SEGUE_TOKEN",
          "SEGUE_CONFIG");

  /**
   * A value.
   *
   * @param place such as {@code segue.yaml line 7}
   */
  record Value(String text, String place) {}

  private final Map<SettingKey, Value> values = new EnumMap<>(SettingKey.class);
  private final List<String> faults = new ArrayList<>();

  /** Notes what {@code segue.yaml} says. */
  void addYaml(String name, String text) {
    Deque<String> path = new ArrayDeque<>();
    Set<SettingKey> seen = new HashSet<>();
    try (JsonParser parser = new YAMLMapper().createParser(text)) {
      String property = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String place = name + " line " + parser.currentTokenLocation().getLineNr();
        switch (token) {
          case PROPERTY_NAME -> property = parser.currentName();
          case START_OBJECT -> {
            path.addLast(property);
            property = "";
          }
          case END_OBJECT -> path.removeLast();
          case START_ARRAY, END_ARRAY -> {
            faults.add("%s: %s takes one value, not a list.".formatted(place, property));
            return;
          }
          default -> addFromYaml(dotted(path, property), parser.getString(), place, seen);
        }
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      faults.add("%s line %d: not YAML: %s".formatted(name, line, e.getOriginalMessage()));
    }
  }

  private void addFromYaml(String key, String value, String place, Set<SettingKey> seen) {
    SettingKey known = SettingKey.of(key).orElse(null);
    if (known == null) {
      unknown(key, place);
    } else if (!seen.add(known)) {
      faults.add("%s: %s is set twice.".formatted(place, key));
    } else {
      values.put(known, new Value(value == null ? "" : value, place));
    }
  }

  private static String dotted(Deque<String> path, String property) {
    String parents = path.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("."));
    return parents.isEmpty() ? property : parents + "." + property;
  }

  /** Notes what environment variables that begin with {@code SEGUE_} say. */
  void addEnvironment(Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("SEGUE_") && !OTHER_VARIABLES.contains(name)) {
            String place = "environment variable " + name;
            SettingKey.ofVariable(name)
                .ifPresentOrElse(
                    key -> values.put(key, new Value(value, place)), () -> unknown(name, place));
          }
        });
  }

  /** Notes what the command line says. */
  void addFlags(Map<String, String> flags) {
    flags.forEach(
        (name, value) -> {
          String place = "option " + name;
          SettingKey.of(name)
              .ifPresentOrElse(
                  key -> values.put(key, new Value(value, place)), () -> unknown(name, place));
        });
  }

  private void unknown(String name, String place) {
    faults.add(
        "%s: there is no setting %s. There are: %s."
            .formatted(
                place,
                name,
                Arrays.stream(SettingKey.values())
                    .map(SettingKey::key)
                    .collect(Collectors.joining(", "))));
  }

  /** The value of a setting, or its standard. */
  Value get(SettingKey key) {
    return values.getOrDefault(key, new Value(key.standard(), "the standard"));
  }

  /** Notes a value that can't be used. */
  void refuse(SettingKey key, String expected) {
    Value value = get(key);
    boolean secret = key.key().contains("password") || key.key().contains("secret");
    faults.add(
        "%s: %s must be %s%s."
            .formatted(
                value.place(), key.key(), expected, secret ? "" : ", not '" + masked(value) + "'"));
  }

  /** The value without what may be a password in an address. */
  private static String masked(Value value) {
    return value.text().replaceFirst("//[^/@]*@", "//***@").replaceFirst("\\?.*", "?***");
  }

  /** What was wrong so far. */
  List<String> faults() {
    return List.copyOf(faults);
  }
}
