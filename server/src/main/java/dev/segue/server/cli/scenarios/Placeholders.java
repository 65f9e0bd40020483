package dev.segue.server.cli.scenarios;

import dev.segue.server.cli.api.CliException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts days and names into the texts of a scenario.
 *
 * @param today the site's business day
 * @param names what further placeholders stand for
 */
record Placeholders(LocalDate today, Map<String, String> names) {

  private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z]+)([+-]\\d{1,4})?}");

  String in(String text) {
    return PLACE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2))));
  }

  private String value(String name, @Nullable String offset) {
    if (name.equals("today")) {
      return today.plusDays(offset == null ? 0 : Long.parseLong(offset)).toString();
    }
    String value = names.get(name);
    if (value == null) {
      throw CliException.wrongUse(
          "${"
              + name
              + "} stands for nothing. Known are today, "
              + String.join(", ", names.keySet()));
    }
    return value;
  }

  /** The same value with all texts in it filled in. */
  @Nullable Object inAll(@Nullable Object value) {
    return switch (value) {
      case String text -> in(text);
      case List<?> list -> list.stream().map(this::inAll).toList();
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> filled = new LinkedHashMap<>();
        map.forEach((key, each) -> filled.put(key, inAll(each)));
        yield filled;
      }
      case null, default -> value;
    };
  }
}
