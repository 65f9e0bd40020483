package dev.segue.runtime.check;

import dev.segue.runtime.DescriptorJson;
import dev.segue.runtime.InvalidPluginException;
import dev.segue.runtime.PluginDescriptor;
import dev.segue.runtime.schema.Json;
import dev.segue.runtime.version.SemanticVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a finished plugin as a careful operator would: what it offers and how that fits the
 * version before, which code it brings under which licences, and what in it does harm. Runs the
 * plugin's constructor, description and self-test, and nothing else of it.
 */
public final class PluginVerifier {

  private static final String STEPS = "META-INF/segue/steps.json";

  private final List<Finding> findings = new ArrayList<>();

  private PluginVerifier() {}

  /**
   * An unpacked plugin whose zip and descriptor are known to be sound.
   *
   * @param id the plugin's id
   * @param version its version
   * @param pluginClass the name of its {@code SeguePlugin}
   * @param license as its descriptor says; may be empty
   * @param classes the folder of its own classes
   * @param jars its libraries, in the order in which they are searched
   */
  public record Build(
      String id,
      SemanticVersion version,
      String pluginClass,
      String license,
      Path classes,
      List<Path> jars) {

    /** Copies the list. */
    public Build {
      jars = List.copyOf(jars);
    }

    private List<Path> classPath() {
      List<Path> all = new ArrayList<>(List.of(classes));
      all.addAll(jars);
      return all;
    }
  }

  /**
   * Verifies a plugin.
   *
   * @param build what to verify
   * @param previous the version before; null to compare with nothing
   * @throws IOException if a file can't be read
   */
  public static Verification verify(Build build, @Nullable Build previous) throws IOException {
    return new PluginVerifier().run(build, previous);
  }

  /**
   * Verifies a signature.
   *
   * @param zip the zip's bytes
   * @param signature what lies beside the zip; null if nothing does
   * @param key whose signature it has to be; null if that isn't known
   */
  public static Finding signature(byte[] zip, @Nullable String signature, @Nullable PublicKey key) {
    String where = "signature";
    if (signature == null) {
      String message = "the zip is unsigned; sign it with `segue plugins sign`";
      return key == null ? Finding.note(where, message) : Finding.error(where, message);
    }
    try {
      PluginSignature made = PluginSignature.parse(signature);
      if (key == null) {
        return Finding.note(
            where, "made by the key " + made.keyId() + "; --key FILE tells whether it is valid");
      }
      return made.fits(key, zip)
          ? Finding.note(where, "valid, made by the key " + made.keyId())
          : Finding.error(
              where,
              "not valid: made by the key %s, and doesn't fit the zip and the key %s; sign again"
                  .formatted(made.keyId(), PluginSignature.keyId(key)));
    } catch (IllegalArgumentException e) {
      return Finding.error(where, String.valueOf(e.getMessage()));
    }
  }

  private Verification run(Build build, @Nullable Build previous) throws IOException {
    if (build.license().isEmpty()) {
      findings.add(
          Finding.warning(
              "descriptor", "names no licence; set segue.plugin.license in the POM, such as MIT"));
    }
    PluginDescriptor offers = describe(build);
    findings.addAll(new CodeCheck().check(build.classes(), build.jars()));
    List<LibraryLicence> libraries = new ArrayList<>();
    for (Path jar : build.jars()) {
      libraries.add(Licences.of(jar));
    }
    checkLicences(libraries);
    return new Verification(
        Optional.ofNullable(offers),
        libraries,
        offers == null || previous == null ? Optional.empty() : compare(build, offers, previous),
        findings);
  }

  private void checkLicences(List<LibraryLicence> libraries) {
    List<String> silent =
        libraries.stream()
            .filter(licence -> licence.names().isEmpty())
            .map(LibraryLicence::jar)
            .toList();
    if (!silent.isEmpty()) {
      findings.add(
          Finding.warning(
              "lib",
              "nothing in these says under which licence they are, so find it out: "
                  + String.join(", ", silent)));
    }
  }

  private @Nullable PluginDescriptor describe(Build build) throws IOException {
    try (LoadedBuild loaded = LoadedBuild.of(build.id(), build.pluginClass(), build.classPath())) {
      PluginDescriptor offers = loaded.description().descriptor();
      findings.addAll(new SignatureRules(loaded.description()).check());
      checkStored(build, offers);
      loaded
          .selfTest()
          .ifPresent(
              why -> findings.add(Finding.warning("self-test", "fails on this machine: " + why)));
      return offers;
    } catch (InvalidPluginException e) {
      e.problems()
          .forEach(problem -> findings.add(Finding.error(problem.where(), problem.message())));
      return null;
    }
  }

  private void checkStored(Build build, PluginDescriptor offers) throws IOException {
    Path stored = build.classes().resolve(STEPS);
    if (!Files.isRegularFile(stored)) {
      findings.add(
          Finding.note(
              "classes/" + STEPS, "is not there; Segue's parent POM for plugins would write it"));
    } else if (!Json.parse(Files.readString(stored))
        .equals(Json.parse(Json.pretty(DescriptorJson.of(offers))))) {
      findings.add(
          Finding.warning(
              "classes/" + STEPS, "says something else than the plugin itself; build it again"));
    }
  }

  private Optional<Verification.Comparison> compare(
      Build build, PluginDescriptor offers, Build previous) throws IOException {
    if (!previous.id().equals(build.id())) {
      findings.add(
          Finding.error(
              "previous version",
              "is one of another plugin, " + previous.id() + "; compare with one of this"));
      return Optional.empty();
    }
    PluginDescriptor before;
    try (LoadedBuild loaded =
        LoadedBuild.of(previous.id(), previous.pluginClass(), previous.classPath())) {
      before = loaded.description().descriptor();
    } catch (InvalidPluginException e) {
      findings.add(
          Finding.warning("previous version", "can't be compared with: " + e.getMessage()));
      return Optional.empty();
    }
    DescriptorChanges changes = DescriptorChanges.between(before, offers);
    SemanticVersion needed = changes.needed(previous.version());
    if (build.version().compareTo(previous.version()) <= 0) {
      findings.add(
          Finding.error(
              "version",
              "is %s, which is not above the previous %s; take %s or more"
                  .formatted(build.version(), previous.version(), needed)));
    } else if (!changes.fit(previous.version(), build.version())) {
      findings.add(
          Finding.error(
              "version",
              "is %s, but the changes since %s ask for %s or more"
                  .formatted(build.version(), previous.version(), needed)));
    }
    return Optional.of(new Verification.Comparison(previous.version(), changes, needed));
  }
}
