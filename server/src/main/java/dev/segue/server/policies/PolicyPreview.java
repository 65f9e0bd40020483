package dev.segue.server.policies;

import dev.segue.server.changes.ChangeSets;
import dev.segue.server.changes.StoredChangeSet;
import dev.segue.server.http.Json;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What limits would have made of the lists that were decided before. */
final class PolicyPreview {

  private static final int MOST = 500;

  private final Database database;
  private final ChangeSets sets;
  private final Days days;

  /** The business day at a site. */
  @FunctionalInterface
  interface Days {
    LocalDate at(@Nullable String siteId, Instant time);
  }

  PolicyPreview(Database database, ChangeSets sets, Days days) {
    this.database = database;
    this.sets = sets;
    this.days = days;
  }

  /**
   * Judges the latest lists of live runs, the oldest first, as if the policy had been in force.
   *
   * @param visibleSites whose lists are shown; null for all
   * @return the contract's {@code PolicyPreview}
   */
  ObjectNode preview(PolicyContent content, Instant since, @Nullable List<String> visibleSites) {
    Map<LocalDate, Measured> used = new HashMap<>();
    LimitCheck check = new LimitCheck(content.limitsOrNone());
    ObjectNode view = Json.object();
    ArrayNode items = view.putArray("items");
    int automatic = 0;
    for (Past past : past(content, since)) {
      StoredChangeSet set = past.set();
      String site = set.siteId();
      LocalDate day = days.at(site, set.createdAt());
      LimitCheck.Result result =
          check.check(
              sets.content(database.jooq(), set).changes(),
              site,
              used.getOrDefault(day, Measured.NOTHING));
      if (result instanceof LimitCheck.Result.Within within) {
        used.merge(day, within.measured(), Measured::plus);
        automatic++;
      }
      if (visibleSites == null || site == null || visibleSites.contains(site)) {
        items.add(item(past, result));
      }
    }
    view.put("automatic", automatic);
    return view;
  }

  private static ObjectNode item(Past past, LimitCheck.Result result) {
    ObjectNode item = Json.object();
    item.put("changeSet", past.set().id().toString());
    item.put("title", past.set().title());
    item.put("plannedAt", past.set().createdAt().toString());
    if (past.outcome() != null) {
      item.put("decided", past.outcome());
    }
    switch (result) {
      case LimitCheck.Result.Within(Measured measured, String words) ->
          item.put("automatic", true).put("reason", words);
      case LimitCheck.Result.Beyond(String reason) ->
          item.put("automatic", false).put("reason", reason);
    }
    return item;
  }

  /** A list and what was decided on it; null if nothing was. */
  private record Past(StoredChangeSet set, @Nullable String outcome) {}

  private List<Past> past(PolicyContent content, Instant since) {
    return database
        .jooq()
        .fetch(
            """
            select * from (
              select s.set_id, s.created_at, (select d.outcome from segue.decision d
                where d.set_id = s.set_id and d.state = 'final' limit 1)
              from segue.change_set s
              join history.run r on r.process_instance_key = s.process_instance_key
              where s.supersedes is null and s.undoes is null
                and s.created_at >= ?::timestamptz and\
            """
                + PolicyRows.GOVERNED
                + """
              order by s.created_at desc limit ?) as latest
            order by created_at\
            """,
            since.toString(),
            content.workflow(),
            content.changes(),
            content.changes(),
            MOST)
        .map(
            row ->
                new Past(
                    sets.find(database.jooq(), row.get(0, UUID.class)).orElseThrow(),
                    row.get(2, String.class)));
  }
}
