package dev.segue.plugins.posfiles;

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** Sales out of files. */
public final class PosFilesPlugin implements SeguePlugin {

  /** Called by the host. */
  public PosFilesPlugin() {}

  @Override
  public void describe(Catalog catalog) {
    catalog.connection(SalesFolder.class);
    catalog.step(new ImportSales());
    catalog.step(new CheckSales());
  }
}
