package dev.segue.plugins.alertanalysis;

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** What an alert on a metric is about, and what might help. */
public final class AlertAnalysisPlugin implements SeguePlugin {

  /** Called by the host. */
  public AlertAnalysisPlugin() {}

  @Override
  public void describe(Catalog catalog) {
    catalog.step(new CollectContext());
    catalog.step(new ExplainChange());
    catalog.step(new SuggestRemedies());
    catalog.step(new DrawChart());
  }
}
