package dev.segue.server.rehearsals;

import dev.segue.server.workflows.OutcomeMeasure;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/** What the business data say of a site's days by now, whenever it became known. */
final class Actuals {

  private final DSLContext tx;
  private final String site;
  private final OutcomeMeasure measure;

  Actuals(DSLContext tx, String site, OutcomeMeasure measure) {
    this.tx = tx;
    this.site = site;
    this.measure = measure;
  }

  /** The last day of which there are data; looks no further than a week after that day. */
  Optional<LocalDate> knownTo(LocalDate day) {
    String sql =
        ofSales()
            ? """
              select max(business_date) from data.sales_line_row
              where site_id = ? and business_date <= ?::date\
              """
            : "select max(day) from data.campaign_day_row where site_id = ? and day <= ?::date";
    return tx.fetchOptional(sql, site, day.plusDays(7).toString())
        .map(row -> row.get(0, LocalDate.class));
  }

  /** By item or campaign, of the days from the first to the last. */
  Map<String, Double> of(LocalDate from, LocalDate to) {
    String sql =
        ofSales()
            ? """
              select item_id, %s from data.sales_line_row
              where site_id = ? and business_date between ?::date and ?::date group by item_id\
              """
            : """
              select campaign_id, %s from data.campaign_day_row
              where site_id = ? and day between ?::date and ?::date group by campaign_id\
              """;
    Map<String, Double> values = new HashMap<>();
    tx.fetch(sql.formatted(value()), site, from.toString(), to.toString())
        .forEach(
            row -> {
              Double value = row.get(1, Double.class);
              if (value != null) {
                values.put(row.get(0, String.class), value);
              }
            });
    return values;
  }

  /** Whether a key without data is zero; a price that nobody paid is none. */
  boolean zeroWhereAbsent() {
    return measure != OutcomeMeasure.SALES_PRICE;
  }

  private boolean ofSales() {
    return switch (measure) {
      case SALES_QUANTITY, SALES_REVENUE, SALES_PRICE -> true;
      case CAMPAIGN_CONVERSIONS, CAMPAIGN_COST, CAMPAIGN_REVENUE -> false;
    };
  }

  private String value() {
    return switch (measure) {
      case SALES_QUANTITY -> "sum(quantity)";
      case SALES_REVENUE -> "sum(net_amount)";
      case SALES_PRICE -> "sum(quantity * unit_price) / nullif(sum(quantity), 0)";
      case CAMPAIGN_CONVERSIONS -> "sum(conversions)";
      case CAMPAIGN_COST -> "sum(cost)";
      case CAMPAIGN_REVENUE -> "sum(revenue)";
    };
  }
}
