package dev.segue.plugins.adspractice;

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** The practice ad platform. */
public final class AdsPracticePlugin implements SeguePlugin {

  /** Called by the host. */
  public AdsPracticePlugin() {}

  @Override
  public void describe(Catalog catalog) {
    catalog.connection(AdAccount.class);
    catalog.step(new ReadAccount());
    catalog.step(new CampaignChanges());
  }
}
