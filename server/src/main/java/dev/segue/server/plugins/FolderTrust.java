package dev.segue.server.plugins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** Decides on zips in the plugins folder, by the signature that lies beside them. */
final class FolderTrust {

  private static final long LONGEST_SIGNATURE = 1_000;

  private final SignatureCheck signatures;
  private final boolean allowUnsigned;

  FolderTrust(SignatureCheck signatures, boolean allowUnsigned) {
    this.signatures = signatures;
    this.allowUnsigned = allowUnsigned;
  }

  /** Whether a signature lies beside the zip. */
  static boolean isSigned(FoundPlugin found) {
    return Files.exists(signatureFile(found.zip()));
  }

  /**
   * Decides on a zip that isn't known yet.
   *
   * @throws PluginRefusedException if it has no signature and needs one, or has a bad one
   */
  PluginTrust decide(FoundPlugin found, StagedPlugin staged) throws PluginRefusedException {
    if (found.source() != PluginSource.FOLDER) {
      return new PluginTrust.Unrecorded();
    }
    try {
      Optional<String> signature = signature(found.zip());
      if (signature.isEmpty()) {
        return unsigned(found);
      }
      return signatures
          .check(sameContent(found, staged), signature, false)
          .<PluginTrust>map(key -> new PluginTrust.SignedBy(key.id(), key.name()))
          .orElseThrow();
    } catch (IOException e) {
      throw new PluginRefusedException(
          "The signature of the plugin '%s' can't be read: %s."
              .formatted(found.fileName(), e.getMessage()),
          e);
    }
  }

  private PluginTrust unsigned(FoundPlugin found) throws PluginRefusedException {
    if (allowUnsigned) {
      return new PluginTrust.AllowedBy(PluginTrust.FOLDER);
    }
    throw new PluginRefusedException(
        "The plugin '%s' isn't signed, and `plugins.unsigned-in-folder` is false. Put its signature beside it as '%s.sig', or install it with `segue plugins install`."
            .formatted(found.fileName(), found.fileName()),
        null);
  }

  /** The file may have been replaced since it was unpacked. */
  private static byte[] sameContent(FoundPlugin found, StagedPlugin staged)
      throws IOException, PluginRefusedException {
    byte[] zip = Files.readAllBytes(found.zip());
    if (!HexFormat.of().formatHex(Sha256.digest().digest(zip)).equals(staged.sha256())) {
      throw new PluginRefusedException(
          "The plugin '%s' changed while it was looked at; it is looked at again."
              .formatted(found.fileName()),
          null);
    }
    return zip;
  }

  private static Optional<String> signature(Path zip) throws IOException {
    Path file = signatureFile(zip);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > LONGEST_SIGNATURE) {
      throw new IOException(file.getFileName() + " is too long for a signature");
    }
    return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
  }

  private static Path signatureFile(Path zip) {
    return zip.resolveSibling(zip.getFileName() + ".sig");
  }
}
