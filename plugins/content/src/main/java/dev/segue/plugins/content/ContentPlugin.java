package dev.segue.plugins.content;

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** Texts for promotions. */
public final class ContentPlugin implements SeguePlugin {

  /** Called by the host. */
  public ContentPlugin() {}

  @Override
  public void describe(Catalog catalog) {
    catalog.connection(ChatModelAccount.class);
    catalog.step(new WritePromotions());
  }
}
