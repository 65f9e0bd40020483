package ${package};

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** Lists what this plugin offers. */
public final class ${className}Plugin implements SeguePlugin {

  @Override
  public void describe(Catalog catalog) {
    catalog.connection(${className}Account.class);
    catalog.step(new CountItems());
  }
}
