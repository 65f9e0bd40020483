package dev.segue.plugins.adspractice;

import dev.segue.sdk.ConnectionInfo;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** An account at the practice ad platform. */
@ConnectionInfo(
    name = "account",
    title = "Practice ad account",
    description =
        "An account at the practice ad platform, which runs on this machine and shows no ad to"
            + " anybody. Address and token are those that the platform was started with.",
    icon = "account.svg",
    requestsPerSecond = 20)
record AdAccount(
    @Field(title = "Address", help = "On this machine.", example = "http://127.0.0.1:7070")
        URI address,
    @Field(title = "Token") Secret token)
    implements ConnectionType {

  /** Refuses an address that is not on this machine: the token would travel in the open. */
  AdAccount {
    String host = address.getHost();
    if (!"http".equals(address.getScheme())
        || !("127.0.0.1".equals(host) || "localhost".equals(host))) {
      throw new IllegalArgumentException(
          "the address must be http://127.0.0.1 or http://localhost with the platform's port");
    }
  }

  @Override
  public Set<String> hosts() {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    return Set.of(address.getPort() < 0 ? host : host + ":" + address.getPort());
  }

  @Override
  public ConnectionCheck test(StepContext context) throws Exception {
    AccountState state = new Platform(this, context.http()).read();
    return new ConnectionCheck(
        true, "The account answers and has " + state.campaigns().size() + " campaigns.");
  }
}
