package dev.segue.server.data;

import dev.segue.sdk.Site;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was sold, beside what was expected, to read over HTTP. */
final class SalesOperations {

  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 400;

  /** A forecast counts for a day only if it was made before: nobody knew a later one then. */
  private static final String DAYS =
      """
      with sold as (
        select business_date, count(distinct order_id)::int as orders, sum(quantity) as quantity,
          sum(net_amount) as revenue
        from data.sales_line_row
        where site_id = ? and business_date between ? and ? and currency = ?
        group by business_date),
      expected as (
        select f.business_date, f.made_on, sum(f.quantity) as quantity
        from data.forecast_row f
        join (
          select business_date, max(made_on) as made_on from data.forecast_row
          where site_id = ? and business_date between ? and ? and made_on < business_date
          group by business_date) newest using (business_date, made_on)
        where f.site_id = ?
        group by f.business_date, f.made_on)
      select coalesce(s.business_date, e.business_date) as day, coalesce(s.orders, 0),
        coalesce(s.quantity, 0), coalesce(s.revenue, 0), e.quantity, e.made_on
      from sold s full join expected e using (business_date)
      order by day\
      """;

  private final Database database;
  private final SiteRows sites;
  private final Clock clock;

  SalesOperations(Database database, SiteRows sites, Clock clock) {
    this.database = database;
    this.sites = sites;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(Operation.of("listDailySales", Role.VIEWER, this::days));
  }

  /** A business day of a site. */
  record DailySales(
      LocalDate date,
      int orders,
      BigDecimal quantity,
      BigDecimal revenue,
      String currency,
      @Nullable BigDecimal forecastQuantity,
      @Nullable LocalDate forecastMadeOn) {}

  private ApiResponse days(ApiRequest request) {
    Site site = site(request);
    LocalDate from = request.query("from").map(LocalDate::parse).orElse(null);
    LocalDate to = request.query("to").map(LocalDate::parse).orElse(null);
    if (to == null) {
      to =
          from == null
              ? LocalDate.ofInstant(clock.instant(), site.zone())
              : from.plusDays(USUAL_DAYS - 1);
    }
    if (from == null) {
      from = to.minusDays(USUAL_DAYS - 1);
    }
    if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
      throw ApiException.invalid(
          "from",
          "From %s to %s are more than %d days. Ask for fewer.".formatted(from, to, MOST_DAYS));
    }
    return ApiResponse.ok(Page.all(read(site, from, to)));
  }

  private List<DailySales> read(Site site, LocalDate from, LocalDate to) {
    String currency = site.currency().getCurrencyCode();
    return database
        .jooq()
        .fetch(DAYS, site.id(), from, to, currency, site.id(), from, to, site.id())
        .map(
            row ->
                new DailySales(
                    row.get(0, LocalDate.class),
                    row.get(1, Integer.class),
                    row.get(2, BigDecimal.class),
                    row.get(3, BigDecimal.class),
                    currency,
                    row.get(4, BigDecimal.class),
                    row.get(5, LocalDate.class)));
  }

  private Site site(ApiRequest request) {
    String id = request.path("site");
    return sites
        .find(database.jooq(), id)
        .map(StoredSite::site)
        .filter(found -> request.principal().mayActOn(id))
        .orElseThrow(() -> ApiException.notFound("site", id));
  }
}
