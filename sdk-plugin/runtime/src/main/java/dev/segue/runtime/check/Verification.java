package dev.segue.runtime.check;

import dev.segue.runtime.PluginDescriptor;
import dev.segue.runtime.check.Finding.Severity;
import dev.segue.runtime.version.SemanticVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that can be learned of a plugin without a server. Immutable.
 *
 * @param offers what it offers; empty if it can't be loaded
 * @param libraries the libraries that it brings, with their licences
 * @param comparison with the version before; empty if there is none to compare with
 * @param findings the worst first
 */
public record Verification(
    Optional<PluginDescriptor> offers,
    List<LibraryLicence> libraries,
    Optional<Comparison> comparison,
    List<Finding> findings) {

  /** Sorts and copies. */
  public Verification {
    libraries = List.copyOf(libraries);
    findings = findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
  }

  /**
   * How a version differs from the one before.
   *
   * @param before the version before
   * @param changes what users see of it
   * @param needed the least version that says as much as the changes ask for
   */
  public record Comparison(
      SemanticVersion before, DescriptorChanges changes, SemanticVersion needed) {}

  /** Counts what is as bad as that. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
