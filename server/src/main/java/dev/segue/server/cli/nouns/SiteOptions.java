package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a site, by options or in a file; options win. */
final class SiteOptions {

  private static final Pattern SPAN = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)");

  @Option(names = "--file", paramLabel = "FILE", description = "The site in YAML or JSON.")
  private @Nullable Path file;

  @Option(names = "--name", paramLabel = "NAME")
  private @Nullable String name;

  @Option(names = "--zone", paramLabel = "ZONE", description = "Such as Europe/Berlin.")
  private @Nullable String zone;

  @Option(names = "--currency", paramLabel = "CUR", description = "Such as EUR.")
  private @Nullable String currency;

  @Option(names = "--country", paramLabel = "CC", description = "Such as DE.")
  private @Nullable String country;

  @Option(
      names = "--closed-on-holidays",
      negatable = true,
      description = "Whether it closes on the public holidays of its country.")
  private @Nullable Boolean closedOnHolidays;

  @Option(names = "--day-end", paramLabel = "HH:MM", description = "When the business day ends.")
  private @Nullable String dayEnd;

  @Option(
      names = "--hours",
      paramLabel = "DAY=HH:MM-HH:MM[,…]",
      description = "A weekday's opening hours, or `closed`; may be repeated.")
  private @Nullable Map<String, String> hours;

  ObjectNode read() {
    ObjectNode site = file == null ? Json.object() : Values.read(file);
    put(site, "name", name);
    put(site, "zone", zone);
    put(site, "currency", currency);
    put(site, "country", country);
    put(site, "businessDayEnd", dayEnd);
    if (closedOnHolidays != null) {
      site.put("closedOnHolidays", closedOnHolidays);
    }
    if (hours != null) {
      ObjectNode week = site.path("openingHours") instanceof ObjectNode old ? old : Json.object();
      hours.forEach((day, spans) -> week.set(day.toLowerCase(Locale.ROOT), spans(day, spans)));
      site.set("openingHours", week);
    }
    return site;
  }

  /** The opening hours of a day, such as {@code 11:00-22:00}, or {@code closed}. */
  static JsonNode spans(String day, String text) {
    ArrayNode spans = Json.array();
    if (text.equals("closed")) {
      return spans;
    }
    for (String part : text.split(",", -1)) {
      Matcher span = SPAN.matcher(part.strip());
      if (!span.matches()) {
        throw CliException.wrongUse(
            "--hours: `%s=%s` is no time. Write monday=11:00-22:00.".formatted(day, text));
      }
      spans.addObject().put("opens", span.group(1)).put("closes", span.group(2));
    }
    return spans;
  }

  private static void put(ObjectNode site, String field, @Nullable String value) {
    if (value != null) {
      site.put(field, value);
    }
  }
}
