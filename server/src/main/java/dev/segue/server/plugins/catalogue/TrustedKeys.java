package dev.segue.server.plugins.catalogue;

import java.security.PublicKey;
import java.util.Optional;

/** The keys whose signatures are trusted now. */
@FunctionalInterface
public interface TrustedKeys {

  /**
   * A trusted key.
   *
   * @param id by which signatures name it
   * @param name whose key it is
   */
  record TrustedKey(String id, String name, PublicKey key) {}

  /**
   * Finds a key.
   *
   * @param id by which a signature names it
   * @return empty if it isn't trusted
   */
  Optional<TrustedKey> find(String id);
}
