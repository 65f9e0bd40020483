package dev.segue.runtime.catalogue;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;
import java.util.List;

/**
 * One version of a plugin that is on offer.
 *
 * @param file where its zip lies: a path below the catalogue's place, or an https address
 * @param sha256 of the zip's bytes, as 64 hexadecimal digits in lower case
 * @param bytes the zip's size
 * @param requires which versions of the SDK it works with
 * @param stepTypes what it serves, for people to look for; may be empty
 */
public record CatalogueRelease(
    SemanticVersion version,
    String file,
    String sha256,
    long bytes,
    VersionRange requires,
    List<String> stepTypes) {

  /** Copies the list. */
  public CatalogueRelease {
    stepTypes = List.copyOf(stepTypes);
  }

  boolean isRelease() {
    return version.preRelease().isEmpty();
  }
}
