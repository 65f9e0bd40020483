package dev.segue.server.triggers.schedules;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.triggers.StrictJson;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said of a schedule, checked.
 *
 * @param zone null for that of each site
 * @param sites at which sites it starts runs
 * @param jitter each firing is put off by up to that much, always by the same
 * @param missed what becomes of what fell due while no server ran
 * @param missedLimit how many of them are made up for at most
 * @param overlap what to do while the run before still goes on
 * @param skipClosedDays whether nothing starts on days on which the site is closed
 */
record ScheduleSettings(
    Cron cron,
    @Nullable ZoneId zone,
    Sites sites,
    Duration jitter,
    Missed missed,
    int missedLimit,
    Overlap overlap,
    boolean skipClosedDays) {

  private static final Duration MAX_JITTER = Duration.ofHours(1);
  private static final int MAX_SITES = 1000;

  /** At which sites a schedule starts runs. */
  sealed interface Sites {

    /** One run that belongs to no site. */
    record None() implements Sites {}

    /** One for each site that there is. */
    record All() implements Sites {}

    /** One for each of these. */
    record These(List<String> ids) implements Sites {}

    /** One for each site that the group has by then. */
    record Group(String id) implements Sites {}
  }

  /** What becomes of firings that fell due while no server ran. */
  enum Missed {
    ALL,
    LAST,
    NONE
  }

  /** What to do while the run before still goes on. */
  enum Overlap {
    SKIP,
    QUEUE,
    ALLOW
  }

  private record Written(
      @Nullable String cron,
      @Nullable String zone,
      @Nullable JsonNode sites,
      @Nullable String siteGroup,
      @Nullable String jitter,
      @Nullable String missed,
      @Nullable Integer missedLimit,
      @Nullable String overlap,
      @Nullable String closedDays) {

    private static final Written DEFAULTS =
        new Written(null, null, null, null, "PT0S", "last", 10, "skip", "run");

    /** As it is kept: what nobody has said by its default. */
    Written full() {
      return new Written(
          cron,
          zone,
          sites,
          siteGroup,
          jitter == null ? DEFAULTS.jitter : jitter,
          missed == null ? DEFAULTS.missed : missed,
          missedLimit == null ? DEFAULTS.missedLimit : missedLimit,
          overlap == null ? DEFAULTS.overlap : overlap,
          closedDays == null ? DEFAULTS.closedDays : closedDays);
    }
  }

  /**
   * Reads what somebody wrote.
   *
   * @throws ApiException 422 with the field that makes no sense
   */
  static ScheduleSettings read(ObjectNode written) {
    return read(StrictJson.read(written, Written.class, Schedules.KIND).full());
  }

  /** The same with defaults filled in, checked. */
  static ObjectNode complete(ObjectNode written) {
    Written full = StrictJson.read(written, Written.class, Schedules.KIND).full();
    read(full);
    return (ObjectNode) Json.tree(full);
  }

  private static ScheduleSettings read(Written written) {
    Sites sites = sites(written);
    ZoneId zone = written.zone() == null ? null : zone(written.zone());
    if (zone == null && sites instanceof Sites.None) {
      throw invalid("zone", "Name a time zone such as Europe/Berlin, or the sites whose it is.");
    }
    boolean skipClosedDays = choice("closedDays", written.closedDays(), "run", "skip") == 1;
    if (skipClosedDays && sites instanceof Sites.None) {
      throw invalid("closedDays", "Only sites have closed days. Name the sites.");
    }
    return new ScheduleSettings(
        cron(written.cron()),
        zone,
        sites,
        jitter(written.jitter()),
        Missed.values()[choice("missed", written.missed(), "all", "last", "none")],
        limit(written.missedLimit()),
        Overlap.values()[choice("overlap", written.overlap(), "skip", "queue", "allow")],
        skipClosedDays);
  }

  private static Cron cron(@Nullable String text) {
    if (text == null) {
      throw invalid("cron", "Say when, such as `0 6 * * *` for each morning at six.");
    }
    try {
      return Cron.parse(text);
    } catch (CronException e) {
      throw invalid("cron", e.problem());
    }
  }

  private static ZoneId zone(String id) {
    if (!ZoneId.getAvailableZoneIds().contains(id)) {
      throw invalid(
          "zone",
          "There is no time zone %s. Use an IANA name, such as Europe/Berlin.".formatted(id));
    }
    return ZoneId.of(id);
  }

  private static Sites sites(Written written) {
    JsonNode sites = written.sites();
    String group = written.siteGroup();
    if (group != null) {
      if (sites != null) {
        throw invalid("siteGroup", "Name either sites or a group of sites.");
      }
      return new Sites.Group(group);
    }
    if (sites == null || sites.isNull()) {
      return new Sites.None();
    }
    if (sites.isString() && sites.asString().equals("all")) {
      return new Sites.All();
    }
    if (!sites.isArray()
        || sites.isEmpty()
        || sites.size() > MAX_SITES
        || sites.valueStream().anyMatch(id -> !id.isString())) {
      throw invalid(
          "sites",
          "Write `all`, or a list of 1 to %d ids; leave it out for runs of no site."
              .formatted(MAX_SITES));
    }
    return new Sites.These(sites.valueStream().map(JsonNode::asString).distinct().toList());
  }

  private static Duration jitter(@Nullable String text) {
    try {
      Duration jitter = Duration.parse(String.valueOf(text));
      if (!jitter.isNegative() && jitter.compareTo(MAX_JITTER) <= 0) {
        return jitter;
      }
    } catch (DateTimeParseException e) {
      throw invalid("jitter", "Write a duration such as PT5M.");
    }
    throw invalid("jitter", "Write a duration from PT0S to PT1H.");
  }

  private static int limit(@Nullable Integer limit) {
    if (limit == null || limit < 1 || limit > 1000) {
      throw invalid("missedLimit", "Write a number from 1 to 1000.");
    }
    return limit;
  }

  private static int choice(String field, @Nullable String chosen, String... choices) {
    int index = List.of(choices).indexOf(String.valueOf(chosen));
    if (index < 0) {
      throw invalid(field, "Write one of %s.".formatted(String.join(", ", choices)));
    }
    return index;
  }

  private static ApiException invalid(String field, String message) {
    return ApiException.invalid(Schedules.KIND + "." + field, message);
  }
}
