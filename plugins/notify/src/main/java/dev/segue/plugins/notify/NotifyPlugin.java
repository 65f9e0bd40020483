package dev.segue.plugins.notify;

import dev.segue.sdk.Catalog;
import dev.segue.sdk.SeguePlugin;

/** Messages to people. */
public final class NotifyPlugin implements SeguePlugin {

  /** Called by the host. */
  public NotifyPlugin() {}

  @Override
  public void describe(Catalog catalog) {
    catalog.connection(SmtpAccount.class);
    catalog.connection(ChatWebhook.class);
    catalog.step(new SendEmail());
    catalog.step(new PostChat());
    catalog.step(new Tell());
  }
}
