package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.CHANGE_SET;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Change sets by HTTP. */
final class ChangeOperations {

  private final Database database;
  private final ChangeSets sets;
  private final ChangeViews views;

  ChangeOperations(Database database, ChangeSets sets, ChangeViews views) {
    this.database = database;
    this.sets = sets;
    this.views = views;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listChangeSets", Role.VIEWER, this::list),
        Operation.of("getChangeSet", Role.VIEWER, this::get));
  }

  private ApiResponse list(ApiRequest request) {
    PageRequest page = request.page();
    Condition filter = visible(request.principal().sites());
    List<String> states = request.queryAll("state");
    if (!states.isEmpty()) {
      filter =
          filter.and(
              CHANGE_SET.STATE.in(states.stream().map(word -> word.replace('-', '_')).toList()));
    }
    if (request.query("run").isPresent()) {
      filter = filter.and(CHANGE_SET.RUN_ID.eq(UUID.fromString(request.query("run").get())));
    }
    if (request.query("site").isPresent()) {
      filter = filter.and(CHANGE_SET.SITE_ID.eq(request.query("site").get()));
    }
    Cursor after = page.after();
    if (after != null) {
      filter =
          filter.and(
              DSL.row(CHANGE_SET.CREATED_AT, CHANGE_SET.SET_ID)
                  .lt(Instant.parse(after.part(0)), UUID.fromString(after.part(1))));
    }
    List<StoredChangeSet> rows = sets.list(database.jooq(), filter, page.fetch());
    return ApiResponse.ok(
        Page.of(rows, page, set -> Cursor.of(set.createdAt(), set.id())).map(views::summary));
  }

  private ApiResponse get(ApiRequest request) {
    UUID id = request.pathUuid("changeSet");
    StoredChangeSet set =
        sets.find(database.jooq(), id)
            .filter(found -> request.principal().mayActOn(found.siteId()))
            .orElseThrow(() -> ApiException.notFound("change set", id));
    return ApiResponse.ok(views.detail(database.jooq(), set));
  }

  private static Condition visible(@Nullable Set<String> sites) {
    return sites == null
        ? DSL.noCondition()
        : CHANGE_SET.SITE_ID.isNull().or(CHANGE_SET.SITE_ID.in(sites));
  }
}
