package dev.segue.plugins.campaignmodels;

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** Proposals for campaigns out of their results. */
public final class CampaignModelsPlugin implements SeguePlugin {

  /** Called by the host. */
  public CampaignModelsPlugin() {}

  @Override
  public void describe(Catalog catalog) {
    catalog.step(new CompareVariants());
    catalog.step(new PlanBudgets());
    catalog.step(new SuggestTargeting());
    catalog.step(new MeasureEffect());
  }
}
