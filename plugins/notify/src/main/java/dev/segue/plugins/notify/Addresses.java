package dev.segue.plugins.notify;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads addresses of people, one each. */
final class Addresses {

  private Addresses() {}

  /**
   * Reads one address such as {@code ann@example.com}.
   *
   * @throws IllegalArgumentException if it is none, several, or one with a line end in it
   */
  static InternetAddress parse(String text) {
    String problem = "'" + printable(text) + "' is not an email address such as ann@example.com";
    if (text.chars().anyMatch(Character::isISOControl) || !text.contains("@")) {
      throw new IllegalArgumentException(problem);
    }
    try {
      InternetAddress[] found = InternetAddress.parse(text.strip(), true);
      if (found.length != 1 || found[0].isGroup() || found[0].getPersonal() != null) {
        throw new IllegalArgumentException(problem);
      }
      found[0].validate();
      return found[0];
    } catch (AddressException e) {
      throw new IllegalArgumentException(problem, e);
    }
  }

  /** The same addresses without repetitions, compared without case, in order. */
  static List<String> distinct(List<String> addresses) {
    Map<String, String> distinct = new LinkedHashMap<>();
    for (String address : addresses) {
      String plain = parse(address).getAddress();
      distinct.putIfAbsent(plain.toLowerCase(Locale.ROOT), plain);
    }
    return List.copyOf(distinct.values());
  }

  /** The part after the at sign, lower case. */
  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  private static String printable(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= 100 ? plain : plain.substring(0, 100) + "…";
  }
}
