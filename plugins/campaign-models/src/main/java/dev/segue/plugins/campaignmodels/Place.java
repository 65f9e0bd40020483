package dev.segue.plugins.campaignmodels;

import dev.segue.plugins.campaignmodels.store.CampaignData;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Where and when a step works.
 *
 * @param site the place of business
 * @param yesterday the last whole day by the run's now
 * @param data its campaigns' results
 */
record Place(Site site, LocalDate yesterday, CampaignData data) {

  static Place of(StepContext context) {
    Site site =
        context
            .site()
            .orElseThrow(
                () ->
                    new StepError(
                        "SITE_NEEDED",
                        "Campaigns belong to a site, and this run has none. Start it for a site."));
    return new Place(
        site,
        context.now().atZone(site.zone()).toLocalDate().minusDays(1),
        new CampaignData(context.data().dataSource(), site.id()));
  }

  Span span(int days, Optional<LocalDate> until) {
    LocalDate to = until.orElse(yesterday);
    return new Span(to.minusDays(days - 1L), to);
  }

  /** Days, both included. */
  record Span(LocalDate from, LocalDate to) {}
}
