package dev.segue.server.plugins;

import java.util.Optional;

/** Checks signatures under plugin zips against the keys that are trusted now. */
@FunctionalInterface
interface SignatureCheck {

  /**
   * Checks a zip's signature.
   *
   * @param signature as text; empty if the zip isn't signed
   * @param allowUnsigned whether it is taken without one
   * @return the key that signed; empty if nobody did
   * @throws PluginRefusedException if it is missing, by an unknown key, or over other bytes
   */
  Optional<PluginKeys.Key> check(byte[] zip, Optional<String> signature, boolean allowUnsigned)
      throws PluginRefusedException;
}
