package dev.segue.server.plugins.catalogue;

import dev.segue.runtime.catalogue.Catalogue;
import dev.segue.runtime.catalogue.CatalogueException;
import dev.segue.runtime.catalogue.CatalogueRelease;
import dev.segue.runtime.check.PluginSignature;
import dev.segue.server.plugins.catalogue.TrustedKeys.TrustedKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A catalogue whose list a trusted key has signed. The list's hashes speak for the zips.
 *
 * @param name by which people know it
 * @param signer who signed the list
 */
record SignedCatalogue(String name, CataloguePlace place, Catalogue catalogue, TrustedKey signer) {

  private static final int LARGEST_SIGNATURE = 1_000;
  private static final int PIECE = 64 * 1024;

  /**
   * Fetches and checks a list.
   *
   * @throws CatalogueUnusableException if it can't be fetched, isn't signed by a trusted key, was
   *     altered, or can't be read
   */
  static SignedCatalogue load(
      String name, CataloguePlace place, CatalogueDownload download, TrustedKeys keys)
      throws CatalogueUnusableException {
    byte[] list = fetch(place, Catalogue.FILE, Catalogue.MOST_BYTES, download);
    byte[] signature = fetch(place, Catalogue.FILE + ".sig", LARGEST_SIGNATURE, download);
    TrustedKey signer = signer(list, new String(signature, StandardCharsets.UTF_8), keys);
    try {
      return new SignedCatalogue(name, place, Catalogue.parse(list), signer);
    } catch (CatalogueException e) {
      throw new CatalogueUnusableException(e.getMessage() + ".", e);
    }
  }

  private static TrustedKey signer(byte[] list, String text, TrustedKeys keys)
      throws CatalogueUnusableException {
    PluginSignature signature;
    try {
      signature = PluginSignature.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CatalogueUnusableException(
          "The file %s.sig holds no signature. Its owner makes one with `segue plugins index --key`."
              .formatted(Catalogue.FILE),
          e);
    }
    TrustedKey key =
        keys.find(signature.keyId())
            .orElseThrow(
                () ->
                    new CatalogueUnusableException(
                        "The list is signed with the key %s, which isn't trusted here. If you trust its owner, add the public key with `segue plugins keys add`."
                            .formatted(signature.keyId())));
    if (!signature.fits(key.key(), list)) {
      throw new CatalogueUnusableException(
          "The signature by %s (key %s) isn't over this list: it was altered, or list and signature don't belong together. Ask its owner."
              .formatted(key.name(), key.id()));
    }
    return key;
  }

  private static byte[] fetch(
      CataloguePlace place, String file, int most, CatalogueDownload download)
      throws CatalogueUnusableException {
    try (InputStream in = place.open(file, download)) {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw new CatalogueUnusableException(
            "The file %s has more than %d bytes.".formatted(file, most));
      }
      return content;
    } catch (IOException e) {
      throw new CatalogueUnusableException(
          "The file %s broke off: %s. Try again.".formatted(file, e), e);
    }
  }

  /**
   * Fetches a zip and holds it against what the list says of it.
   *
   * @param to a file that is made
   * @throws CatalogueUnusableException if it can't be fetched or is another one; the file may be
   *     there then
   * @throws IOException if the disk fails
   */
  void fetch(CatalogueRelease release, Path to, CatalogueDownload download)
      throws CatalogueUnusableException, IOException {
    try (InputStream in = place.open(release.file(), download);
        OutputStream out = Files.newOutputStream(to)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[PIECE];
      long size = 0;
      for (int read = read(in, piece, release); read >= 0; read = read(in, piece, release)) {
        size += read;
        if (size > release.bytes()) {
          break;
        }
        digest.update(piece, 0, read);
        out.write(piece, 0, read);
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      if (size != release.bytes() || !sha256.equals(release.sha256())) {
        throw new CatalogueUnusableException(
            "The zip %s isn't the one that the catalogue %s lists: its size or hash differs. Nothing is installed; tell the catalogue's owner."
                .formatted(release.file(), name));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static int read(InputStream in, byte[] piece, CatalogueRelease release)
      throws CatalogueUnusableException {
    try {
      return in.read(piece);
    } catch (IOException e) {
      throw new CatalogueUnusableException(
          "The zip %s broke off: %s. Try again.".formatted(release.file(), e), e);
    }
  }
}
