package dev.segue.plugins.menumodels;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeTarget;
import dev.segue.sdk.Site;

/**
 * An item of a site as a change's target.
 *
 * @param siteId the site; holds no slash
 * @param itemId the item
 */
record ItemTarget(String siteId, String itemId) {

  static ChangeTarget of(String kind, Site site, String itemId, String item) {
    return new ChangeTarget(kind, site.id() + "/" + itemId, item + " at " + site.name());
  }

  static ItemTarget of(Change change) {
    String id = change.target().id();
    int slash = id.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("'" + id + "' does not name an item of a site");
    }
    return new ItemTarget(id.substring(0, slash), id.substring(slash + 1));
  }
}
