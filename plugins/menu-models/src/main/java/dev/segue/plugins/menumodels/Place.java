package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.store.BusinessData;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import java.time.LocalDate;

/**
 * Where and when a step works.
 *
 * @param site the place of business
 * @param today its business day by the run's now, of which sales are still to come
 * @param data its business data
 */
record Place(Site site, LocalDate today, BusinessData data) {

  static Place of(StepContext context) {
    Site site =
        context
            .site()
            .orElseThrow(
                () ->
                    new StepError(
                        "SITE_NEEDED",
                        "Demand belongs to a site, and this run has none. Start it for a site."));
    return new Place(
        site,
        site.businessDate(context.now()),
        new BusinessData(context.data().dataSource(), site));
  }

  LocalDate yesterday() {
    return today.minusDays(1);
  }
}
