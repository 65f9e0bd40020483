package dev.segue.plugins.menumodels;

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** Forecasts of demand, the menu matrix, and changes to the menu. */
public final class MenuModelsPlugin implements SeguePlugin {

  private final ComputeThreads threads = new ComputeThreads();
  private final RehearsedModels rehearsed = new RehearsedModels();

  /** Called by the host. */
  public MenuModelsPlugin() {}

  @Override
  public void describe(Catalog catalog) {
    catalog.step(new TrainDemand(threads, rehearsed));
    catalog.step(new ForecastDemand(rehearsed));
    catalog.step(new EvaluateForecasts(threads));
    catalog.step(new SortMenu());
    catalog.step(new ProposeChanges());
    catalog.step(new MenuChanges());
  }

  @Override
  public void close() {
    threads.close();
  }
}
