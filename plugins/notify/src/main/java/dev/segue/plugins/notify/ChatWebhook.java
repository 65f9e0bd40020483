package dev.segue.plugins.notify;

import dev.segue.sdk.ConnectionInfo;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * An incoming webhook of Slack, or of a chat that takes Slack's format, such as Mattermost. The
 * address itself is the secret: whoever knows it may post.
 *
 * @param url of the webhook
 * @param channel what people call the channel behind it
 */
@ConnectionInfo(
    name = "chat-webhook",
    title = "Chat channel (webhook)",
    description =
        "Posts into one channel. The address comes from the chat's settings, under incoming"
            + " webhooks.",
    icon = "chat.svg",
    requestsPerSecond = 1)
record ChatWebhook(
    @Field(title = "Webhook address", help = "Begins with https://.") Secret url,
    @Field(title = "Channel", minLength = 1, maxLength = 100, example = "#kitchen") String channel)
    implements ConnectionType {

  /** Refuses an address that could not be posted to; never repeats it, for it is a secret. */
  ChatWebhook {
    URI address = parse(url);
    boolean loopback =
        "localhost".equals(address.getHost()) || "127.0.0.1".equals(address.getHost());
    if (address.getHost() == null
        || !("https".equals(address.getScheme())
            || ("http".equals(address.getScheme()) && loopback))) {
      throw new IllegalArgumentException("the webhook address must begin with https://");
    }
    MessageText.refuseControls("the channel", channel);
  }

  private static URI parse(Secret url) {
    try {
      return URI.create(url.reveal().strip());
    } catch (IllegalArgumentException e) {
      // Without its cause, whose message would show the address.
      throw new IllegalArgumentException("the webhook address is not a URL");
    }
  }

  URI address() {
    return parse(url);
  }

  @Override
  public Set<String> hosts() {
    URI address = address();
    String host = address.getHost().toLowerCase(Locale.ROOT);
    return Set.of(address.getPort() < 0 ? host : host + ":" + address.getPort());
  }

  @Override
  public ConnectionCheck test(StepContext context) {
    return new ConnectionCheck(
        true, "The address is well formed. Nothing was posted, so whether it works is not known.");
  }
}
