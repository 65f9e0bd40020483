package dev.segue.plugins.adsfiles;

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** Results of ads out of files. */
public final class AdsFilesPlugin implements SeguePlugin {

  /** Called by the host. */
  public AdsFilesPlugin() {}

  @Override
  public void describe(Catalog catalog) {
    catalog.connection(AdsFolder.class);
    catalog.step(new ImportAds());
    catalog.metrics(new AdMetrics());
  }
}
