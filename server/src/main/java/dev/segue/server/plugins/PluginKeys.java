package dev.segue.server.plugins;

import dev.segue.runtime.check.PluginSignature;
import dev.segue.server.plugins.catalogue.TrustedKeys;
import dev.segue.server.storage.Database;
import java.security.PublicKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** The keys whose signatures under plugin zips are trusted. Thread-safe. */
final class PluginKeys implements SignatureCheck {

  private final Database database;

  PluginKeys(Database database) {
    this.database = database;
  }

  /**
   * A trusted key.
   *
   * @param id as {@link PluginSignature#keyId} tells it
   * @param pem the public key
   */
  record Key(String id, String name, String pem, String addedBy, Instant addedAt) {

    TrustedKeys.TrustedKey trusted() {
      return new TrustedKeys.TrustedKey(id, name, PluginSignature.publicKey(pem));
    }
  }

  List<Key> list() {
    return database
        .jooq()
        .fetch(
            """
            select key_id, name, public_key, added_by, added_at from segue.plugin_key
            order by name, key_id\
            """)
        .map(PluginKeys::read);
  }

  Optional<Key> find(String id) {
    return list().stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** Trusts a key from now on; the name of one that is trusted already is replaced. */
  Key add(String name, PublicKey key, String by) {
    String id = PluginSignature.keyId(key);
    database
        .jooq()
        .execute(
            """
            insert into segue.plugin_key (key_id, name, public_key, added_by) values (?, ?, ?, ?)
            on conflict (key_id) do update set name = excluded.name\
            """,
            id,
            name,
            PluginSignature.publicPem(key),
            by);
    return find(id).orElseThrow();
  }

  /** Trusts a key no more; what it signed before stays installed. */
  boolean remove(String id) {
    return database.jooq().execute("delete from segue.plugin_key where key_id = ?", id) > 0;
  }

  @Override
  public Optional<Key> check(byte[] zip, Optional<String> signature, boolean allowUnsigned)
      throws PluginRefusedException {
    if (signature.isEmpty()) {
      if (allowUnsigned) {
        return Optional.empty();
      }
      throw new PluginRefusedException(
          "The plugin isn't signed. Send its signature, or insist (allowUnsigned, on the command line --allow-unsigned) if you know where the zip comes from.",
          null);
    }
    PluginSignature parsed = parse(signature.get());
    Key key =
        find(parsed.keyId())
            .orElseThrow(
                () ->
                    new PluginRefusedException(
                        "The plugin is signed with the key %s, which isn't trusted here. If you trust its owner, add the public key with `segue plugins keys add`."
                            .formatted(parsed.keyId()),
                        null));
    if (!parsed.fits(PluginSignature.publicKey(key.pem()), zip)) {
      throw new PluginRefusedException(
          "The signature by %s (key %s) isn't over this zip: its bytes were altered, or the signature belongs to another zip. Download both again."
              .formatted(key.name(), key.id()),
          null);
    }
    return Optional.of(key);
  }

  private static PluginSignature parse(String text) throws PluginRefusedException {
    try {
      return PluginSignature.parse(text);
    } catch (IllegalArgumentException e) {
      throw new PluginRefusedException("Can't check the plugin: " + e.getMessage() + ".", e);
    }
  }

  private static Key read(Record row) {
    return new Key(
        row.get("key_id", String.class),
        row.get("name", String.class),
        row.get("public_key", String.class),
        row.get("added_by", String.class),
        row.get("added_at", OffsetDateTime.class).toInstant());
  }
}
