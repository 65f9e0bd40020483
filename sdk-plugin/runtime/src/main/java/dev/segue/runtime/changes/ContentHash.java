package dev.segue.runtime.changes;

import dev.segue.runtime.schema.Json;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.Money;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The hash by which people approve a change set: equal for sets that say and do the same, different
 * for all others.
 *
 * <p>SHA-256 over the UTF-8 bytes of an object with {@code version} (1), {@code title}, {@code
 * summary}, {@code connections} (connection name by input field) and {@code changes} (in order,
 * each with all its fields), written by the rules of RFC 8785: no white space, members ordered by
 * the UTF-16 code units of their names, the shortest escapes. Unlike there,
 *
 * <ul>
 *   <li>numbers count by value and exactly: 9.50, 9.5 and 95E-1 are written {@code 9.5}, without
 *       exponent for up to 100 digits after the point or zeros before it, and beyond that as
 *       unscaled value, {@code E}, exponent;
 *   <li>the amount of {@link Change#amount} is such a number, so that 9.50 EUR is 9.5 EUR; texts
 *       count letter by letter, even if they look like numbers;
 *   <li>{@code editable} is ordered by name, for it is a set;
 *   <li>half of a surrogate pair is written as an escape.
 * </ul>
 */
public final class ContentHash {

  private ContentHash() {}

  /**
   * Hashes a set.
   *
   * @param set the set
   * @param connections the names of the connections that it will be applied with, by the field of
   *     the plan's input
   * @return 64 lower-case hex digits
   */
  public static String of(ChangeSet set, Map<String, String> connections) {
    return sha256(CanonicalJson.write(canonical(set, connections)));
  }

  private static ObjectNode canonical(ChangeSet set, Map<String, String> connections) {
    ObjectNode json = ChangeSetJson.write(set).put("version", 1);
    ObjectNode used = json.putObject("connections");
    connections.forEach(used::put);
    ArrayNode changes = json.putArray("changes");
    set.changes().forEach(change -> changes.add(canonical(change)));
    return json;
  }

  private static ObjectNode canonical(Change change) {
    ObjectNode json = ChangeSetJson.write(change);
    ArrayNode editable = Json.object().putArray("editable");
    new TreeSet<>(change.editable()).forEach(editable::add);
    json.set("editable", editable);
    Money amount = change.amount();
    if (amount != null) {
      json.putObject("amount")
          .put("amount", amount.amount())
          .put("currency", amount.currency().getCurrencyCode());
    }
    return json;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
