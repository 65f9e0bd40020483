package dev.segue.testkit;

import dev.segue.sdk.ConnectionInfo;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import java.net.URI;
import java.util.Set;

@ConnectionInfo(name = "account", title = "Account")
record FaultyAccount(URI url, Secret token) implements ConnectionType {

  @Override
  public Set<String> hosts() {
    return Set.of(url.getHost() + ":" + url.getPort());
  }

  @Override
  public ConnectionCheck test(StepContext context) {
    return new ConnectionCheck(true, "It answers.");
  }
}
