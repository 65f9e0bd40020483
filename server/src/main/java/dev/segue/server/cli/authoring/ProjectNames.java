package dev.segue.server.cli.authoring;

import dev.segue.server.cli.api.CliException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a new project and what is in it are called.
 *
 * @param id the plugin's id, which is the Maven artifact, too
 * @param group the Maven group
 * @param packageName the Java package
 * @param className what the names of its classes begin with
 */
record ProjectNames(String id, String group, String packageName, String className) {

  static final String FIRST_VERSION = "0.1.0";

  /**
   * Completes and checks what was given.
   *
   * @throws CliException as wrong use, if something is no such name
   */
  static ProjectNames of(String id, String group, @Nullable String packageName) {
    if (!id.matches("[a-z0-9][a-z0-9-]{0,38}[a-z0-9]")) {
      throw CliException.wrongUse(
          "`%s` is no plugin id. Take 2 to 40 of a-z, 0-9 and `-`, such as bakery-orders."
              .formatted(id));
    }
    if (!group.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
      throw CliException.wrongUse(
          "`%s` is no Maven group. Write it like com.example.".formatted(group));
    }
    String inPackage = packageName != null ? packageName : packageOf(id, group);
    if (!SourceVersion.isName(inPackage)) {
      throw CliException.wrongUse(
          "`%s` is no Java package. Name one with --package, such as com.example.bakery."
              .formatted(inPackage));
    }
    return new ProjectNames(id, group, inPackage, classNameOf(id));
  }

  /** What the template asks for, by the names that the Maven archetype uses. */
  Map<String, String> properties(String segueVersion) {
    return Map.of(
        "artifactId", id,
        "groupId", group,
        "version", FIRST_VERSION,
        "package", packageName,
        "className", className,
        "segueVersion", segueVersion);
  }

  private static String packageOf(String id, String group) {
    String last = id.replace("-", "");
    boolean usable = SourceVersion.isName(last);
    return group.replace("-", "_") + "." + (usable ? last : "plugin" + last);
  }

  private static String classNameOf(String id) {
    String name =
        Arrays.stream(id.split("-+"))
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
    return Character.isDigit(name.charAt(0)) ? "Plugin" + name : name;
  }
}
