package dev.segue.server.data;

import static dev.segue.server.storage.jooq.data.Tables.FORECAST_ROW;
import static dev.segue.server.storage.jooq.data.Tables.PRICE_ROW;
import static dev.segue.server.storage.jooq.data.Tables.PROMOTION_ROW;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What workflows made of the business data, to read over HTTP. */
final class OutcomeOperations {

  private final Database database;
  private final SiteRows sites;

  OutcomeOperations(Database database, SiteRows sites) {
    this.database = database;
    this.sites = sites;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listForecasts", Role.VIEWER, this::forecasts),
        Operation.of("listPrices", Role.VIEWER, this::prices),
        Operation.of("listPromotions", Role.VIEWER, this::promotions));
  }

  /** How much of an item is expected to sell on a day. */
  record Forecast(
      String item,
      LocalDate date,
      LocalDate madeOn,
      BigDecimal quantity,
      @Nullable BigDecimal low,
      @Nullable BigDecimal high,
      String method,
      @Nullable String model) {}

  /** An entry of the price list. */
  record Price(
      String item, LocalDate validFrom, BigDecimal price, String currency, String reason) {}

  /** An entry of the promotion calendar. */
  record Promotion(
      String id,
      String item,
      String title,
      BigDecimal discount,
      LocalDate startsOn,
      LocalDate endsOn,
      String status,
      JsonNode texts) {}

  private ApiResponse forecasts(ApiRequest request) {
    PageRequest page = request.page();
    Condition after =
        page.after() == null
            ? DSL.noCondition()
            : DSL.row(FORECAST_ROW.BUSINESS_DATE, FORECAST_ROW.ITEM_ID)
                .gt(page.after().date(0), page.after().part(1));
    List<Forecast> rows =
        database
            .jooq()
            .select()
            .distinctOn(FORECAST_ROW.BUSINESS_DATE, FORECAST_ROW.ITEM_ID)
            .from(FORECAST_ROW)
            .where(
                FORECAST_ROW.SITE_ID.eq(site(request)),
                between(FORECAST_ROW.BUSINESS_DATE, FORECAST_ROW.BUSINESS_DATE, request),
                itemOf(FORECAST_ROW.ITEM_ID, request),
                after)
            .orderBy(FORECAST_ROW.BUSINESS_DATE, FORECAST_ROW.ITEM_ID, FORECAST_ROW.MADE_ON.desc())
            .limit(page.fetch())
            .fetch(
                row ->
                    new Forecast(
                        row.get(FORECAST_ROW.ITEM_ID),
                        row.get(FORECAST_ROW.BUSINESS_DATE),
                        row.get(FORECAST_ROW.MADE_ON),
                        row.get(FORECAST_ROW.QUANTITY),
                        row.get(FORECAST_ROW.LOW),
                        row.get(FORECAST_ROW.HIGH),
                        row.get(FORECAST_ROW.METHOD),
                        row.get(FORECAST_ROW.MODEL_SHA256)));
    return ApiResponse.ok(Page.of(rows, page, row -> Cursor.of(row.date(), row.item())));
  }

  private ApiResponse prices(ApiRequest request) {
    PageRequest page = request.page();
    Condition after =
        page.after() == null
            ? DSL.noCondition()
            : DSL.row(PRICE_ROW.ITEM_ID, PRICE_ROW.VALID_FROM)
                .gt(page.after().part(0), page.after().date(1));
    List<Price> rows =
        database
            .jooq()
            .selectFrom(PRICE_ROW)
            .where(PRICE_ROW.SITE_ID.eq(site(request)), itemOf(PRICE_ROW.ITEM_ID, request), after)
            .orderBy(PRICE_ROW.ITEM_ID, PRICE_ROW.VALID_FROM)
            .limit(page.fetch())
            .fetch(
                row ->
                    new Price(
                        row.getItemId(),
                        row.getValidFrom(),
                        row.getPrice(),
                        row.getCurrency(),
                        row.getReason()));
    return ApiResponse.ok(Page.of(rows, page, row -> Cursor.of(row.item(), row.validFrom())));
  }

  private ApiResponse promotions(ApiRequest request) {
    PageRequest page = request.page();
    Condition after =
        page.after() == null
            ? DSL.noCondition()
            : DSL.row(PROMOTION_ROW.STARTS_ON, PROMOTION_ROW.PROMOTION_ID)
                .gt(page.after().date(0), page.after().part(1));
    List<Promotion> rows =
        database
            .jooq()
            .selectFrom(PROMOTION_ROW)
            .where(
                PROMOTION_ROW.SITE_ID.eq(site(request)),
                between(PROMOTION_ROW.STARTS_ON, PROMOTION_ROW.ENDS_ON, request),
                after)
            .orderBy(PROMOTION_ROW.STARTS_ON, PROMOTION_ROW.PROMOTION_ID)
            .limit(page.fetch())
            .fetch(
                row ->
                    new Promotion(
                        row.getPromotionId(),
                        row.getItemId(),
                        row.getTitle(),
                        row.getDiscount(),
                        row.getStartsOn(),
                        row.getEndsOn(),
                        row.getStatus(),
                        Json.parse(row.getTexts().data())));
    return ApiResponse.ok(Page.of(rows, page, row -> Cursor.of(row.startsOn(), row.id())));
  }

  private String site(ApiRequest request) {
    String id = request.path("site");
    if (!request.principal().mayActOn(id) || sites.find(database.jooq(), id).isEmpty()) {
      throw ApiException.notFound("site", id);
    }
    return id;
  }

  private static Condition itemOf(Field<String> column, ApiRequest request) {
    return request.query("item").map(column::eq).orElse(DSL.noCondition());
  }

  /** What isn't over before {@code from} and has begun by {@code to}. */
  private static Condition between(
      Field<LocalDate> begins, Field<LocalDate> ends, ApiRequest request) {
    Condition from =
        request.query("from").map(day -> ends.ge(LocalDate.parse(day))).orElse(DSL.noCondition());
    Condition to =
        request.query("to").map(day -> begins.le(LocalDate.parse(day))).orElse(DSL.noCondition());
    return from.and(to);
  }
}
