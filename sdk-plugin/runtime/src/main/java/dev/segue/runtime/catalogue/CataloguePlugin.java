package dev.segue.runtime.catalogue;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A plugin that is on offer.
 *
 * @param id the plugin's id
 * @param title for people
 * @param description plain text; may be empty
 * @param provider who made it; may be empty
 * @param license an SPDX expression; may be empty
 * @param releases at least one, the newest first
 */
public record CataloguePlugin(
    String id,
    String title,
    String description,
    String provider,
    String license,
    List<CatalogueRelease> releases) {

  /** Puts the newest release first. */
  public CataloguePlugin {
    releases =
        releases.stream()
            .sorted(Comparator.comparing(CatalogueRelease::version).reversed())
            .toList();
  }

  /**
   * Picks what to install: the newest version in a range that works with an SDK. A pre-release is
   * taken only where no release will do.
   *
   * @param range which versions are wanted
   * @param sdk the version of the SDK that the host offers
   * @return the version, or why there is none
   */
  public Pick pick(VersionRange range, SemanticVersion sdk) {
    List<CatalogueRelease> wanted =
        releases.stream().filter(release -> range.contains(release.version())).toList();
    if (wanted.isEmpty()) {
      return new Pick.NoneInRange(
          releases.stream().map(release -> release.version().toString()).toList());
    }
    List<CatalogueRelease> fit =
        wanted.stream().filter(release -> release.requires().contains(sdk)).toList();
    Optional<CatalogueRelease> best =
        fit.stream()
            .filter(CatalogueRelease::isRelease)
            .findFirst()
            .or(() -> fit.stream().findFirst());
    return best.<Pick>map(Pick.Found::new).orElseGet(() -> new Pick.OtherSdk(wanted.getFirst()));
  }

  /** What came of looking for a version. */
  public sealed interface Pick {

    /** This one. */
    record Found(CatalogueRelease release) implements Pick {}

    /**
     * None is in the range.
     *
     * @param offered all versions that there are, the newest first
     */
    record NoneInRange(List<String> offered) implements Pick {
      /** Copies the list. */
      public NoneInRange {
        offered = List.copyOf(offered);
      }
    }

    /**
     * None in the range works with the SDK.
     *
     * @param newest the newest in the range
     */
    record OtherSdk(CatalogueRelease newest) implements Pick {}
  }

  /**
   * How well a word fits: 3 for the id, 2 for the title or a step type, 1 for other texts, or 0.
   */
  int fits(String word) {
    if (id.contains(word)) {
      return 3;
    }
    boolean step = releases.getFirst().stepTypes().stream().anyMatch(type -> type.contains(word));
    if (step || title.toLowerCase(Locale.ROOT).contains(word)) {
      return 2;
    }
    String rest = description + " " + provider + " " + license;
    return rest.toLowerCase(Locale.ROOT).contains(word) ? 1 : 0;
  }
}
