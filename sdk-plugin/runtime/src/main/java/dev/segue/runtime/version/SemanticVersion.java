package dev.segue.runtime.version;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by Semantic Versioning 2.0.0. Ordered by precedence; build metadata counts for equality
 * but not for order.
 *
 * @param major rises when something breaks
 * @param minor rises when something is added
 * @param patch rises when something is mended
 * @param preRelease dot-separated identifiers such as {@code rc.1}; empty for a release
 * @param build dot-separated identifiers; empty for none
 */
public record SemanticVersion(int major, int minor, int patch, String preRelease, String build)
    implements Comparable<SemanticVersion> {

  private static final Pattern FORM =
      Pattern.compile(
          "(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})"
              + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?"
              + "(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

  private static final Comparator<SemanticVersion> ORDER =
      Comparator.comparingInt(SemanticVersion::major)
          .thenComparingInt(SemanticVersion::minor)
          .thenComparingInt(SemanticVersion::patch)
          .thenComparing(SemanticVersion::comparePreReleases);

  /**
   * Reads a version.
   *
   * @param text such as {@code 1.4.2} or {@code 2.0.0-rc.1}; at most 100 characters
   * @return the version
   * @throws IllegalArgumentException if the text is no semantic version
   */
  public static SemanticVersion parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.length() > 100 || !matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no semantic version; write one such as 1.4.2 or 2.0.0-rc.1");
    }
    return new SemanticVersion(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        matcher.group(4) == null ? "" : matcher.group(4),
        matcher.group(5) == null ? "" : matcher.group(5));
  }

  /**
   * Makes a release version.
   *
   * @return {@code major.minor.patch}
   */
  public static SemanticVersion of(int major, int minor, int patch) {
    return new SemanticVersion(major, minor, patch, "", "");
  }

  /**
   * Tells whether this is a release rather than something before it.
   *
   * @return true if there is no pre-release part
   */
  public boolean isRelease() {
    return preRelease.isEmpty();
  }

  /**
   * Drops the pre-release and build parts.
   *
   * @return {@code major.minor.patch}
   */
  public SemanticVersion release() {
    return of(major, minor, patch);
  }

  @Override
  public int compareTo(SemanticVersion other) {
    return ORDER.compare(this, other);
  }

  private static int comparePreReleases(SemanticVersion left, SemanticVersion right) {
    if (left.isRelease() || right.isRelease()) {
      return Boolean.compare(left.isRelease(), right.isRelease());
    }
    List<String> ours = List.of(left.preRelease.split("\\."));
    List<String> theirs = List.of(right.preRelease.split("\\."));
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      int order = compareIdentifiers(ours.get(i), theirs.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(ours.size(), theirs.size());
  }

  private static int compareIdentifiers(String left, String right) {
    boolean leftNumber = left.matches("[0-9]+");
    boolean rightNumber = right.matches("[0-9]+");
    if (leftNumber && rightNumber) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return leftNumber == rightNumber
        ? left.compareTo(right)
        : Boolean.compare(rightNumber, leftNumber);
  }

  @Override
  public String toString() {
    return major
        + "."
        + minor
        + "."
        + patch
        + (preRelease.isEmpty() ? "" : "-" + preRelease)
        + (build.isEmpty() ? "" : "+" + build);
  }
}
