package dev.segue.server.plugins.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** What is done with a zip from a catalogue, by the package above. */
public interface OfferInstaller {

  /**
   * Tells what installing would bring; changes nothing.
   *
   * @return the contract's {@code PluginPreview}
   */
  ObjectNode preview(Path zip) throws IOException;

  /**
   * Installs a zip.
   *
   * @param signer who signed the list that speaks for the zip
   * @param catalogue from which it comes
   * @param by who asks
   * @return the contract's {@code Plugin}
   */
  ObjectNode install(Path zip, TrustedKeys.TrustedKey signer, String catalogue, String by)
      throws IOException;

  /**
   * Tells which version of a plugin is installed.
   *
   * @return the newest one in place, or an empty text
   */
  String installed(String plugin);
}
