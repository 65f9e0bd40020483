package dev.segue.plugins.adspractice;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an account holds now. */
record AccountState(String currency, List<Campaign> campaigns) {

  /** A campaign and its daily budget, as the platform writes it. */
  record Campaign(String id, String name, boolean active, String dailyBudget, List<AdSet> adSets) {

    BigDecimal budget() {
      return new BigDecimal(dailyBudget);
    }
  }

  /**
   * An ad set.
   *
   * @param variants status by name
   * @param segments reach in percent by name
   */
  record AdSet(
      String id, String name, Map<String, String> variants, Map<String, String> segments) {}

  Optional<Campaign> campaign(String id) {
    return campaigns.stream().filter(campaign -> campaign.id().equals(id)).findFirst();
  }

  Optional<AdSet> adSet(String id) {
    return campaigns.stream()
        .flatMap(campaign -> campaign.adSets().stream())
        .filter(adSet -> adSet.id().equals(id))
        .findFirst();
  }
}
