package dev.segue.server.rehearsals;

import dev.segue.sdk.Site;
import dev.segue.server.data.Knowledge;
import dev.segue.server.forms.FormRules;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.http.Principal;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.runs.RunStarter;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.triggers.schedules.WorkflowSchedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks what is asked of a rehearsal, plans its days, and writes both down. */
final class RehearsalStarts {

  static final int MOST_DAYS = 366;
  static final int MOST_RUNS = 2000;
  static final String BUSINESS_DATE = "businessDate";
  private static final int CONCURRENCY = 2;
  private static final int MOST_AT_ONCE = 8;

  private final Rehearsals.Ground ground;
  private final RehearsalRows rows;
  private final KnownSince known;

  RehearsalStarts(Rehearsals.Ground ground, RehearsalRows rows) {
    this.ground = ground;
    this.rows = rows;
    this.known = new KnownSince();
  }

  /**
   * What somebody asks for; null for what is left to the defaults.
   *
   * @param sites ids, or {@code all}
   * @param at a time of day
   */
  record Asked(
      String workflow,
      @Nullable Integer version,
      LocalDate from,
      LocalDate to,
      @Nullable JsonNode sites,
      @Nullable String at,
      @Nullable String zone,
      @Nullable Knowledge knowledge,
      @Nullable String answer,
      @Nullable ObjectNode variables,
      @Nullable Integer concurrency) {

    Knowledge known() {
      return knowledge == null ? Knowledge.BUSINESS_DAY : knowledge;
    }
  }

  /**
   * Starts one.
   *
   * @param id of its own; a second start with the same id changes nothing
   * @throws ApiException if it makes no sense, with the field at fault
   */
  void start(UUID id, Asked asked, Principal by) {
    if (rows.find(ground.database().jooq(), id).isPresent()) {
      return;
    }
    WorkflowLookup.Startable workflow = workflow(asked);
    long days = days(asked);
    Optional<WorkflowSchedule> schedule =
        ground.schedules().of(ground.database().jooq(), asked.workflow()).stream().findFirst();
    List<DayPlan.Place> places = places(asked, schedule, by);
    if (days * places.size() > MOST_RUNS) {
      throw ApiException.invalid(
          "sites",
          "%d days at %d sites are %d runs; at most %d go in one rehearsal. Take fewer days or sites."
              .formatted(days, places.size(), days * places.size(), MOST_RUNS));
    }
    DayPlan plan = DayPlan.of(asked.from(), asked.to(), places, time(asked, schedule));
    requirePast(plan);
    ObjectNode variables = schedule.map(WorkflowSchedule::variables).orElseGet(Json::object);
    if (asked.variables() != null) {
      variables.setAll(asked.variables());
    }
    if (variables.has(RunStarter.CONTEXT_VARIABLE)) {
      throw ApiException.invalid(
          "variables.segue", "This variable is Segue's own. Give yours another name.");
    }
    requireForm(workflow, schedule, variables);
    Rehearsal rehearsal =
        new Rehearsal(
            id,
            workflow.workflowId(),
            workflow.version(),
            asked.from(),
            asked.to(),
            places.stream().flatMap(place -> place.site().stream()).map(Site::id).toList(),
            said(asked),
            schedule.map(WorkflowSchedule::id).orElse(null),
            asked.known(),
            approves(asked),
            variables,
            concurrency(asked),
            Rehearsal.State.RUNNING,
            null,
            null,
            by.username(),
            ground.clock().instant(),
            null);
    ground
        .database()
        .inTransaction(
            tx -> {
              DayPlan known = this.known.within(tx, plan, asked.known());
              requireAny(known, asked);
              rows.insert(tx, rehearsal, known);
              ground.audit().record(tx, entry(rehearsal, known));
            });
  }

  private void requireForm(
      WorkflowLookup.Startable workflow,
      Optional<WorkflowSchedule> schedule,
      ObjectNode variables) {
    Set<String> later = schedule.map(WorkflowSchedule::mapped).orElse(Set.of());
    List<FieldError> problems =
        ground
            .workflows()
            .startForm(workflow.workflowId(), workflow.version())
            .problems(variables, name -> later.contains(name) || name.equals(BUSINESS_DATE));
    if (!problems.isEmpty()) {
      throw ApiException.invalid(FormRules.ofVariables(problems));
    }
  }

  private WorkflowLookup.Startable workflow(Asked asked) {
    WorkflowLookup.Startable workflow =
        ground
            .workflows()
            .find(asked.workflow(), asked.version())
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        asked.version() == null
                            ? "There is no workflow %s. Deploy it first (segue deploy)."
                                .formatted(asked.workflow())
                            : "The workflow %s has no version %d."
                                .formatted(asked.workflow(), asked.version())));
    if (workflow.paused()) {
      throw ApiException.conflict(
          "The workflow %s is paused and starts no runs. Resume it first."
              .formatted(workflow.workflowId()));
    }
    return workflow;
  }

  private static long days(Asked asked) {
    if (asked.from().isAfter(asked.to())) {
      throw ApiException.invalid(
          "to", "%s is before the first day, %s.".formatted(asked.to(), asked.from()));
    }
    long days = ChronoUnit.DAYS.between(asked.from(), asked.to()) + 1;
    if (days > MOST_DAYS) {
      throw ApiException.invalid(
          "to",
          "That are %d days; at most %d go in one rehearsal. Take fewer, or several rehearsals."
              .formatted(days, MOST_DAYS));
    }
    return days;
  }

  private List<DayPlan.Place> places(
      Asked asked, Optional<WorkflowSchedule> schedule, Principal by) {
    List<Site> sites = new ArrayList<>();
    JsonNode wanted = asked.sites();
    if (wanted == null) {
      schedule.ifPresent(one -> sites.addAll(one.sites()));
    } else if (wanted.isString() && wanted.asString().equals("all")) {
      sites.addAll(ground.data().sites());
    } else if (wanted.isArray()) {
      wanted.valueStream().map(JsonNode::asString).distinct().map(this::site).forEach(sites::add);
    } else {
      throw ApiException.invalid("sites", "Name sites in a list, or say `all`.");
    }
    // Who may not act on all of them is told so rather than given less than was asked for.
    sites.forEach(site -> by.requireSite(site.id()));
    if (sites.isEmpty()) {
      return List.of(new DayPlan.Place(Optional.empty(), zone(asked, schedule)));
    }
    if (asked.zone() != null) {
      throw ApiException.invalid("zone", "Days go by the zones of the sites. Leave it out.");
    }
    return sites.stream().map(DayPlan.Place::of).toList();
  }

  private Site site(String id) {
    return ground
        .data()
        .site(id)
        .orElseThrow(() -> ApiException.invalid("sites", "There is no site %s.".formatted(id)));
  }

  private static ZoneId zone(Asked asked, Optional<WorkflowSchedule> schedule) {
    String text = asked.zone();
    if (text == null) {
      ZoneId scheduled = schedule.map(WorkflowSchedule::zone).orElse(null);
      return scheduled == null ? ZoneOffset.UTC : scheduled;
    }
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw ApiException.invalid(
          "zone",
          "There is no time zone %s. Use an IANA name, such as Europe/Berlin.".formatted(text));
    }
    return ZoneId.of(text);
  }

  private static DayTime time(Asked asked, Optional<WorkflowSchedule> schedule) {
    String at = asked.at();
    if (at == null) {
      return schedule.<DayTime>map(DayTime.Scheduled::new).orElseGet(DayTime.Opening::new);
    }
    try {
      return new DayTime.At(LocalTime.parse(at));
    } catch (DateTimeException e) {
      throw ApiException.invalid("at", "'%s' is no time of day, such as 05:00.".formatted(at));
    }
  }

  private void requirePast(DayPlan plan) {
    Instant now = ground.clock().instant();
    plan.days().stream()
        .filter(day -> day.asOf() != null && !day.asOf().isBefore(now))
        .findFirst()
        .ifPresent(
            day -> {
              throw ApiException.invalid(
                  "to",
                  "%s is not past: its run would take place at %s. Take %s for the last day."
                      .formatted(day.day(), day.asOf(), day.day().minusDays(1)));
            });
  }

  private static void requireAny(DayPlan plan, Asked asked) {
    if (plan.runs() == 0) {
      throw ApiException.invalid(
          asked.known() == Knowledge.RECORDED ? "knowledge" : "from",
          "There is no day to rehearse. " + plan.days().getLast().skipped());
    }
  }

  private static boolean approves(Asked asked) {
    return switch (asked.answer() == null ? "approve" : asked.answer()) {
      case "approve" -> true;
      case "reject" -> false;
      default -> throw ApiException.invalid("answer", "Approvals are answered approve or reject.");
    };
  }

  private static int concurrency(Asked asked) {
    int wanted = asked.concurrency() == null ? CONCURRENCY : asked.concurrency();
    if (wanted < 1 || wanted > MOST_AT_ONCE) {
      throw ApiException.invalid(
          "concurrency", "At a time, 1 to %d runs go on.".formatted(MOST_AT_ONCE));
    }
    return wanted;
  }

  private static ObjectNode said(Asked asked) {
    ObjectNode said = Json.object();
    if (asked.at() != null) {
      said.put("at", asked.at());
    }
    if (asked.zone() != null) {
      said.put("zone", asked.zone());
    }
    if (asked.variables() != null) {
      said.set("variables", asked.variables());
    }
    return said;
  }

  private static AuditEntry entry(Rehearsal rehearsal, DayPlan plan) {
    ObjectNode detail = Json.object();
    detail.put("workflow", rehearsal.workflow());
    detail.put("version", rehearsal.version());
    detail.put("from", rehearsal.from().toString());
    detail.put("to", rehearsal.to().toString());
    detail.put("runs", plan.runs());
    return new AuditEntry(
        rehearsal.startedBy(), "rehearsal.start", "rehearsal", rehearsal.id().toString(), detail);
  }
}
