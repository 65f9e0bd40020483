package dev.segue.runtime.schema;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values that JSON holds as texts of a certain form. */
record TextCodec(String format, String what, Function<String, Object> parse) implements Codec {

  static final Map<Class<?>, TextCodec> BY_TYPE =
      Map.ofEntries(
          Map.entry(String.class, new TextCodec("", "a text", text -> text)),
          Map.entry(
              LocalDate.class,
              new TextCodec("date", "a date such as 2026-03-01", LocalDate::parse)),
          Map.entry(
              LocalTime.class,
              new TextCodec("local-time", "a time such as 17:30", LocalTime::parse)),
          Map.entry(
              LocalDateTime.class,
              new TextCodec(
                  "local-date-time",
                  "a date and time such as 2026-03-01T17:30",
                  LocalDateTime::parse)),
          Map.entry(
              Instant.class,
              new TextCodec(
                  "date-time",
                  "an instant such as 2026-03-01T17:30:00Z",
                  text -> zoned(text).toInstant())),
          Map.entry(
              OffsetDateTime.class,
              new TextCodec(
                  "date-time",
                  "a date and time with offset such as 2026-03-01T17:30:00+01:00",
                  text -> zoned(text).toOffsetDateTime())),
          Map.entry(
              ZonedDateTime.class,
              new TextCodec(
                  "zoned-date-time",
                  "a date and time with zone such as 2026-03-01T17:30:00+01:00[Europe/Berlin]",
                  TextCodec::zoned)),
          Map.entry(
              Duration.class,
              new TextCodec("duration", "a duration such as PT2H30M", Duration::parse)),
          Map.entry(Period.class, new TextCodec("period", "a period such as P3M", Period::parse)),
          Map.entry(
              YearMonth.class,
              new TextCodec("year-month", "a month such as 2026-03", YearMonth::parse)),
          Map.entry(Year.class, new TextCodec("year", "a year such as 2026", Year::parse)),
          Map.entry(
              ZoneId.class,
              new TextCodec("time-zone", "a time zone such as Europe/Berlin", ZoneId::of)),
          Map.entry(
              Currency.class,
              new TextCodec("currency", "a currency such as EUR", Currency::getInstance)),
          Map.entry(
              URI.class, new TextCodec("uri", "a URI such as https://example.com", URI::create)),
          Map.entry(UUID.class, new TextCodec("uuid", "a UUID", UUID::fromString)));

  /** Takes ISO-8601 and FEEL's way of naming a zone, {@code 2026-03-01T17:30:00@Europe/Berlin}. */
  private static ZonedDateTime zoned(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? ZonedDateTime.parse(text)
        : LocalDateTime.parse(text.substring(0, at)).atZone(ZoneId.of(text.substring(at + 1)));
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "string");
    return format.isEmpty() ? schema : schema.put("format", format);
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    if (!node.isString()) {
      reading.problem(
          path,
          "must be "
              + what
              + ", but is "
              + Reading.found(node)
              + (node.isNumber() ? "; string(…) makes a text of it" : ""));
      return null;
    }
    try {
      return parse.apply(node.stringValue());
    } catch (DateTimeException | IllegalArgumentException e) {
      reading.problem(path, "must be " + what + ", but is " + Reading.found(node));
      return null;
    }
  }

  @Override
  public JsonNode write(Object value, Path path, Writing writing) {
    return Json.NODES.stringNode(value.toString());
  }

  @Override
  public boolean isText() {
    return true;
  }
}
