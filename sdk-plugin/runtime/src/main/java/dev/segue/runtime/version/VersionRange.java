package dev.segue.runtime.version;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of versions, in the notation that PF4J uses for {@code Plugin-Requires}.
 *
 * <p>{@code >=1.0.0 & <2.0.0}, {@code ^1.2} (up to the next major), {@code ~1.2} (up to the next
 * minor), {@code 1.x}, {@code 1.0 - 1.4} (both ends included), {@code =1.2.3}, {@code !=1.3.0},
 * {@code *}; joined by {@code &} for all and {@code |} for any, of which {@code &} binds tighter.
 * Missing parts of a version count as 0.
 */
public final class VersionRange {

  private static final Pattern COMPARISON =
      Pattern.compile("(>=|<=|!=|==|=|>|<|\\^|~)?\\s*([0-9A-Za-z.+*-]+)");
  private static final Pattern HYPHEN = Pattern.compile("(\\S+)\\s+-\\s+(\\S+)");
  private static final Pattern WILDCARD = Pattern.compile("(\\d+)(?:\\.(\\d+))?\\.[xX*].*");

  private final String text;
  private final List<List<Bound>> anyOfAll;

  private VersionRange(String text, List<List<Bound>> anyOfAll) {
    this.text = text;
    this.anyOfAll = anyOfAll;
  }

  private interface Bound {
    boolean holds(SemanticVersion version);
  }

  /**
   * Reads a range.
   *
   * @param text in the notation above; at most 200 characters
   * @return the range
   * @throws IllegalArgumentException if the text cannot be read
   */
  public static VersionRange parse(String text) {
    if (text.isBlank() || text.length() > 200) {
      throw unreadable(text);
    }
    List<List<Bound>> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|", -1)) {
      List<Bound> bounds = new ArrayList<>();
      for (String part : alternative.split("[&,]", -1)) {
        bounds.addAll(bounds(part.trim(), text));
      }
      alternatives.add(List.copyOf(bounds));
    }
    return new VersionRange(text.trim(), List.copyOf(alternatives));
  }

  /**
   * Tells whether a version lies in this range. A pre-release lies before its release.
   *
   * @param version any version
   * @return true if it does
   */
  public boolean contains(SemanticVersion version) {
    return anyOfAll.stream()
        .anyMatch(bounds -> bounds.stream().allMatch(bound -> bound.holds(version)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionRange range && text.equals(range.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static List<Bound> bounds(String part, String whole) {
    if (part.equals("*")) {
      return List.of(version -> true);
    }
    Matcher hyphen = HYPHEN.matcher(part);
    if (hyphen.matches()) {
      SemanticVersion low = version(hyphen.group(1), whole);
      SemanticVersion high = version(hyphen.group(2), whole);
      return List.of(atLeast(low), version -> version.compareTo(high) <= 0);
    }
    Matcher wildcard = WILDCARD.matcher(part);
    if (wildcard.matches()) {
      int major = Integer.parseInt(wildcard.group(1));
      return wildcard.group(2) == null
          ? between(SemanticVersion.of(major, 0, 0), SemanticVersion.of(major + 1, 0, 0))
          : sameMinor(SemanticVersion.of(major, Integer.parseInt(wildcard.group(2)), 0));
    }
    Matcher comparison = COMPARISON.matcher(part);
    if (!comparison.matches()) {
      throw unreadable(whole);
    }
    String operator = comparison.group(1) == null ? "=" : comparison.group(1);
    return compare(operator, version(comparison.group(2), whole));
  }

  private static List<Bound> compare(String operator, SemanticVersion limit) {
    return switch (operator) {
      case ">=" -> List.of(atLeast(limit));
      case ">" -> List.of(version -> version.compareTo(limit) > 0);
      case "<" -> List.of(below(limit));
      case "<=" -> List.of(version -> version.compareTo(limit) <= 0);
      case "!=" -> List.of(version -> version.compareTo(limit) != 0);
      case "~" -> sameMinor(limit);
      case "^" -> between(limit, afterCaret(limit));
      default -> List.of(version -> version.compareTo(limit) == 0);
    };
  }

  /** Below 1.0.0 nothing is stable, so {@code ^0.2.3} ends at 0.3.0 and {@code ^0.0.3} at 0.0.4. */
  private static SemanticVersion afterCaret(SemanticVersion limit) {
    if (limit.major() > 0) {
      return SemanticVersion.of(limit.major() + 1, 0, 0);
    }
    return limit.minor() > 0
        ? SemanticVersion.of(0, limit.minor() + 1, 0)
        : SemanticVersion.of(0, 0, limit.patch() + 1);
  }

  private static List<Bound> sameMinor(SemanticVersion low) {
    return between(low, SemanticVersion.of(low.major(), low.minor() + 1, 0));
  }

  private static List<Bound> between(SemanticVersion low, SemanticVersion end) {
    return List.of(atLeast(low), below(end));
  }

  private static Bound atLeast(SemanticVersion limit) {
    return version -> version.compareTo(limit) >= 0;
  }

  /** A pre-release of an excluded release is excluded, too: 2.0.0-rc.1 is no 1.x. */
  private static Bound below(SemanticVersion limit) {
    return version ->
        version.compareTo(limit) < 0
            && (!limit.isRelease() || version.release().compareTo(limit) != 0);
  }

  private static SemanticVersion version(String text, String whole) {
    String full =
        switch (text.replaceAll("[^.]", "").length()) {
          case 0 -> text + ".0.0";
          case 1 -> text + ".0";
          default -> text;
        };
    try {
      return SemanticVersion.parse(full);
    } catch (IllegalArgumentException e) {
      throw unreadable(whole);
    }
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is no range of versions; write one such as '>=1.0.0 & <2.0.0' or '^1.2'");
  }
}
