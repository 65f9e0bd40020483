package dev.segue.runtime.check;

import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.runtime.PluginDescriptor;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.version.SemanticVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a new build of a plugin does differently as its users see it, and which step of semantic
 * versioning that asks for. Immutable.
 *
 * @param changes in the order of the steps and connection types
 */
public record DescriptorChanges(List<Change> changes) {

  /** A step of semantic versioning, the smallest first. */
  public enum Asks {
    /** What exists goes on as it did. */
    PATCH,
    /** There is something new, and what exists goes on as it did. */
    MINOR,
    /** Something that exists may fail. */
    MAJOR
  }

  /**
   * One difference.
   *
   * @param subject the step type or connection type
   * @param field the path of the field, such as {@code input.site.zone}; empty if it is about the
   *     whole subject
   * @param message what is different, in words
   * @param asks what the difference asks for
   */
  public record Change(String subject, String field, String message, Asks asks) {}

  /** Copies the list. */
  public DescriptorChanges {
    changes = List.copyOf(changes);
  }

  /**
   * Compares two builds.
   *
   * @param before the older one
   * @param after the newer one
   * @return the differences; empty if users see none
   */
  public static DescriptorChanges between(PluginDescriptor before, PluginDescriptor after) {
    List<Change> changes = new ArrayList<>();
    Map<String, StepDescriptor> oldSteps = byName(before.steps(), step -> step.type().toString());
    Map<String, StepDescriptor> newSteps = byName(after.steps(), step -> step.type().toString());
    comeAndGo("step", oldSteps.keySet(), newSteps.keySet(), changes);
    newSteps.forEach(
        (type, step) -> {
          StepDescriptor old = oldSteps.get(type);
          if (old != null) {
            compare(type, old, step, changes);
          }
        });
    Map<String, ConnectionDescriptor> oldTypes =
        byName(before.connections(), ConnectionDescriptor::type);
    Map<String, ConnectionDescriptor> newTypes =
        byName(after.connections(), ConnectionDescriptor::type);
    comeAndGo("connection type", oldTypes.keySet(), newTypes.keySet(), changes);
    newTypes.forEach(
        (type, connection) -> {
          ConnectionDescriptor old = oldTypes.get(type);
          if (old != null) {
            changes.addAll(SchemaChanges.ofInput(type, "", old.schema(), connection.schema()));
          }
        });
    return new DescriptorChanges(changes);
  }

  /**
   * Tells what all differences together ask for.
   *
   * @return the biggest; {@link Asks#PATCH} if there is no difference
   */
  public Asks asks() {
    return changes.stream().map(Change::asks).max(Comparator.naturalOrder()).orElse(Asks.PATCH);
  }

  /**
   * Tells whether a version's number says as much as the differences ask for. Before 1.0.0, a minor
   * version may break.
   *
   * @param before the version of the older build
   * @param after the version of the newer build
   */
  public boolean fit(SemanticVersion before, SemanticVersion after) {
    return after.release().compareTo(needed(before)) >= 0;
  }

  /**
   * Tells the least version that says as much as the differences ask for.
   *
   * @param before the version of the older build
   * @return a release
   */
  public SemanticVersion needed(SemanticVersion before) {
    Asks asks = asks();
    if (asks == Asks.PATCH) {
      return before.isRelease()
          ? SemanticVersion.of(before.major(), before.minor(), before.patch() + 1)
          : before.release();
    }
    boolean minor = asks == Asks.MINOR || before.major() == 0;
    return minor
        ? SemanticVersion.of(before.major(), before.minor() + 1, 0)
        : SemanticVersion.of(before.major() + 1, 0, 0);
  }

  private static void compare(
      String type, StepDescriptor before, StepDescriptor after, List<Change> changes) {
    if (before.effect() != after.effect()) {
      boolean more = after.effect().compareTo(before.effect()) > 0;
      changes.add(
          new Change(
              type,
              "",
              "its effect was %s and is %s now".formatted(before.effect(), after.effect()),
              more ? Asks.MAJOR : Asks.MINOR));
    }
    if (!before.policy().timeout().equals(after.policy().timeout())) {
      changes.add(
          new Change(
              type,
              "",
              "its time-out was %s and is %s now"
                  .formatted(before.policy().timeout(), after.policy().timeout()),
              Asks.PATCH));
    }
    after
        .connections()
        .forEach(
            (field, connection) -> {
              String old = before.connections().get(field);
              if (old != null && !old.equals(connection)) {
                changes.add(
                    new Change(
                        type,
                        "input." + field,
                        "it took a connection of type %s and takes %s now"
                            .formatted(old, connection),
                        Asks.MAJOR));
              }
            });
    changes.addAll(SchemaChanges.ofInput(type, "input", before.inputSchema(), after.inputSchema()));
    changes.addAll(
        SchemaChanges.ofOutput(type, "output", before.outputSchema(), after.outputSchema()));
  }

  private static void comeAndGo(
      String what, Collection<String> before, Collection<String> after, List<Change> changes) {
    for (String type : before) {
      if (!after.contains(type)) {
        changes.add(new Change(type, "", "the " + what + " is gone", Asks.MAJOR));
      }
    }
    for (String type : after) {
      if (!before.contains(type)) {
        changes.add(new Change(type, "", "the " + what + " is new", Asks.MINOR));
      }
    }
  }

  private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
    Map<String, T> byName = new LinkedHashMap<>();
    all.forEach(one -> byName.put(name.apply(one), one));
    return byName;
  }
}
