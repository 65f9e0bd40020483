package dev.segue.testkit;

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** Offers the steps of these tests. */
final class FaultyPlugin implements SeguePlugin {

  @Override
  public void describe(Catalog catalog) {
    catalog.connection(FaultyAccount.class);
    catalog.step(new FaultyStep());
    catalog.step(new FaultyChange());
  }
}
