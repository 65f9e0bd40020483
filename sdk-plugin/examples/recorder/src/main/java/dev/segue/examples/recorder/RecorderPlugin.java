package dev.segue.examples.recorder;

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** Lists what the recorder offers. */
public final class RecorderPlugin implements SeguePlugin {

  @Override
  public void describe(Catalog catalog) {
    catalog.connection(RecorderFile.class);
    catalog.step(new Note());
    catalog.step(new Send());
    catalog.step(new Read());
    catalog.step(new Peek());
    catalog.step(new Touch());
    catalog.step(new Spin());
    catalog.step(new Rename());
    catalog.metrics(new Minutes());
  }
}
