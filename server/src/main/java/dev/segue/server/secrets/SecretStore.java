package dev.segue.server.secrets;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Keeps secrets sealed in the database. Works within the caller's transaction. Thread-safe. */
public final class SecretStore {

  private final Sealer sealer;

  /** Seals under this key. */
  public SecretStore(SecretKeyFile key) {
    this.sealer = new Sealer(key);
  }

  /** Adds a secret and returns its id. */
  public UUID add(DSLContext tx, String clear) {
    UUID id = UUID.randomUUID();
    Sealer.Sealed sealed = sealer.seal(id, clear);
    tx.execute(
        "insert into segue.secret (secret_id, key_id, nonce, sealed) values (?, ?, ?, ?)",
        id,
        sealed.keyId(),
        sealed.nonce(),
        sealed.bytes());
    return id;
  }

  /**
   * Opens secrets: for the one use that needs them, never to be kept or shown.
   *
   * @return the clear texts by id; ids that aren't there are missing
   * @throws SecretException if the key isn't the one they were sealed under
   */
  public Map<UUID, String> open(DSLContext tx, Collection<UUID> ids) {
    Map<UUID, String> clear = new HashMap<>();
    if (ids.isEmpty()) {
      return clear;
    }
    for (Record row :
        tx.fetch(
            "select secret_id, key_id, nonce, sealed from segue.secret where secret_id = any(?)",
            (Object) ids.toArray(UUID[]::new))) {
      UUID id = row.get(0, UUID.class);
      Sealer.Sealed sealed =
          new Sealer.Sealed(
              row.get(1, String.class), row.get(2, byte[].class), row.get(3, byte[].class));
      clear.put(id, sealer.open(id, sealed));
    }
    return clear;
  }

  /** Removes secrets; ids that aren't there are ignored. */
  public void remove(DSLContext tx, Collection<UUID> ids) {
    if (!ids.isEmpty()) {
      tx.execute(
          "delete from segue.secret where secret_id = any(?)", (Object) ids.toArray(UUID[]::new));
    }
  }
}
