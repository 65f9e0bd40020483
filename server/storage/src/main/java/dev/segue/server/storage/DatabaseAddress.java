package dev.segue.server.storage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a PostgreSQL database is and who signs in to it. The password never shows in {@link
 * #toString()}.
 *
 * @param url a JDBC URL, {@code jdbc:postgresql://host:port/database}, without credentials
 * @param user the role to sign in as
 * @param password its password; empty where the server asks for none
 */
public record DatabaseAddress(String url, String user, String password) {

  private static final String PREFIX = "jdbc:postgresql:";

  /**
   * Checks the URL.
   *
   * @throws StorageException if it isn't a PostgreSQL URL, or if it carries credentials
   */
  public DatabaseAddress {
    if (!url.startsWith(PREFIX)) {
      throw new StorageException(
          "The database address must look like jdbc:postgresql://host:5432/database, not "
              + withoutQuery(url)
              + ".");
    }
    if (url.matches("(?s).*[?&](user|password)=.*")) {
      throw new StorageException(
          "The database address "
              + withoutQuery(url)
              + " carries credentials. Take user and password out of the URL and give them by"
              + " their own settings, so that they don't reach logs.");
    }
  }

  /** The address of a database on a server of this machine. */
  public static DatabaseAddress local(int port, String database, String user, String password) {
    return new DatabaseAddress(PREFIX + "//127.0.0.1:" + port + "/" + database, user, password);
  }

  /** The same database, for another role. */
  public DatabaseAddress as(String otherUser, String otherPassword) {
    return new DatabaseAddress(url, otherUser, otherPassword);
  }

  /** The same database, with one more parameter of the PostgreSQL driver. */
  public DatabaseAddress with(String parameter, String value) {
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    String separator = url.contains("?") ? "&" : "?";
    return new DatabaseAddress(url + separator + parameter + "=" + encoded, user, password);
  }

  @Override
  public String toString() {
    return user + ":***@" + url;
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
