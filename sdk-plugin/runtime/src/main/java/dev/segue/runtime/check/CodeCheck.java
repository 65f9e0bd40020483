package dev.segue.runtime.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads every class of an unpacked plugin. What the plugin's own classes do is told class by class;
 * a library's in a line, since its author isn't the plugin's.
 */
final class CodeCheck {

  /** The oldest Java that a server runs on. */
  private static final int OLDEST_SERVER = 21;

  private static final int MOST_NAMED = 3;

  private final CodeRules rules = new CodeRules();
  private final Set<String> brought = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Checks a plugin.
   *
   * @param classes the folder of its own classes
   * @param jars its libraries
   * @return what was found, its own classes first
   */
  List<Finding> check(Path classes, List<Path> jars) throws IOException {
    ClassPlace own = ClassPlace.folder(classes);
    List<ClassPlace> libraries = jars.stream().map(ClassPlace::jar).toList();
    own.forEachName(brought::add);
    for (ClassPlace library : libraries) {
      library.forEachName(brought::add);
    }
    JavaVersion java = new JavaVersion();
    own.forEach(
        (name, references) -> {
          java.see(references);
          own(name, references);
        });
    java.tell("classes");
    for (ClassPlace library : libraries) {
      new Library(library.name()).check(library);
    }
    return List.copyOf(findings);
  }

  private void own(String name, ClassReferences references) {
    if (CodeRules.isForbidden(name) || rules.shadowsJdk(name)) {
      findings.add(
          Finding.error(name, "is in a package of the JDK or of Segue; move it to your own"));
    }
    for (String method : new TreeSet<>(references.methods())) {
      rules
          .harm(method)
          .ifPresent(harm -> findings.add(Finding.warning(name, "calls " + method + ": " + harm)));
    }
    for (String other : new TreeSet<>(references.classes())) {
      if (CodeRules.isHidden(other, brought)) {
        findings.add(
            Finding.error(
                name, "uses " + other + ", which is the server's own and no plugin's to see"));
      } else if (rules.isInternal(other)) {
        findings.add(
            Finding.warning(
                name, "uses " + other + ", which is internal to the JDK and may go any time"));
      }
    }
  }

  /** What the classes of one library do, taken together. */
  private final class Library {

    private final String place;
    private final Set<String> forbidden = new TreeSet<>();
    private final Set<String> shadows = new TreeSet<>();
    private final Set<String> calls = new TreeSet<>();
    private final Set<String> internal = new TreeSet<>();
    private final JavaVersion java = new JavaVersion();

    Library(String place) {
      this.place = place;
    }

    void check(ClassPlace library) throws IOException {
      library.forEach(this::see);
      if (!forbidden.isEmpty()) {
        findings.add(
            Finding.error(place, "brings what only the server may bring: " + some(forbidden)));
      }
      java.tell(place);
      if (!shadows.isEmpty()) {
        findings.add(
            Finding.warning(
                place, "brings what the JDK has: " + some(shadows) + "; leave the library out"));
      }
      if (!calls.isEmpty()) {
        findings.add(
            Finding.note(place, "calls " + some(calls) + "; see that you don't reach that"));
      }
      if (!internal.isEmpty()) {
        findings.add(Finding.note(place, "uses what is internal to the JDK: " + some(internal)));
      }
    }

    private void see(String name, ClassReferences references) {
      java.see(references);
      if (CodeRules.isForbidden(name)) {
        forbidden.add(name);
      } else if (rules.shadowsJdk(name)) {
        shadows.add(name);
      }
      references.methods().stream()
          .filter(method -> rules.harm(method).isPresent())
          .forEach(calls::add);
      references.classes().stream().filter(rules::isInternal).forEach(internal::add);
    }
  }

  /** The newest Java that classes of one place are for. */
  private final class JavaVersion {

    private int newest;

    void see(ClassReferences references) {
      newest = Math.max(newest, references.java());
    }

    void tell(String place) {
      if (newest > OLDEST_SERVER) {
        findings.add(
            Finding.warning(
                place,
                "is compiled for Java %d, and servers on an older one refuse it; compile with --release %d"
                    .formatted(newest, OLDEST_SERVER)));
      }
    }
  }

  private static String some(Set<String> names) {
    String shown = String.join(", ", names.stream().limit(MOST_NAMED).toList());
    int more = names.size() - MOST_NAMED;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
