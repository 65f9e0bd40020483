package dev.segue.server.triggers.webhooks;

import dev.segue.server.secrets.SecretStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of webhooks, sealed: the one in force, and former ones for as long as they still
 * hold.
 */
final class WebhookSecrets {

  private static final int KEY_BYTES = 32;

  private final SecretStore store;
  private final SecureRandom random = new SecureRandom();

  WebhookSecrets(SecretStore store) {
    this.store = store;
  }

  /** A new one that nobody can guess. */
  String generate() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Signatures.MADE_BY_US + Base64.getEncoder().encodeToString(key);
  }

  /** Those that hold now, in clear; only for judging a call. */
  Collection<String> open(DSLContext tx, String triggerId, Instant now) {
    List<UUID> ids =
        tx.fetch(
                """
                select secret_id from segue.webhook_secret
                where trigger_id = ? and (expires_at is null or expires_at > ?::timestamptz)\
                """,
                triggerId,
                now.toString())
            .map(row -> row.get(0, UUID.class));
    return store.open(tx, ids).values();
  }

  /** Whether there is one in force. */
  boolean exist(DSLContext tx, String triggerId) {
    return tx.fetchOptional(
            "select 1 from segue.webhook_secret where trigger_id = ? and expires_at is null",
            triggerId)
        .isPresent();
  }

  /**
   * Puts one into force.
   *
   * @param overlap for how long the one before still holds
   * @return until when it does; null if there was none
   */
  @Nullable Instant replace(
      DSLContext tx, String triggerId, String secret, Duration overlap, String by, Instant now) {
    Instant until = now.plus(overlap);
    int former =
        tx.execute(
            """
            update segue.webhook_secret set expires_at = ?::timestamptz
            where trigger_id = ? and expires_at is null\
            """,
            until.toString(),
            triggerId);
    store.remove(
        tx,
        tx.fetch(
                """
                select secret_id from segue.webhook_secret
                where trigger_id = ? and expires_at <= ?::timestamptz\
                """,
                triggerId,
                now.toString())
            .map(row -> row.get(0, UUID.class)));
    tx.execute(
        """
        insert into segue.webhook_secret (secret_id, trigger_id, made_by, made_at)
        values (?, ?, ?, ?::timestamptz)\
        """,
        store.add(tx, secret),
        triggerId,
        by,
        now.toString());
    return former == 0 ? null : until;
  }

  /** Forgets all of a trigger. */
  void remove(DSLContext tx, String triggerId) {
    store.remove(
        tx,
        tx.fetch("select secret_id from segue.webhook_secret where trigger_id = ?", triggerId)
            .map(row -> row.get(0, UUID.class)));
  }
}
