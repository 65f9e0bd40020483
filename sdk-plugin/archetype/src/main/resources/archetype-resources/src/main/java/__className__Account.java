package ${package};

import dev.segue.sdk.ConnectionInfo;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;

/**
 * An account at the service.
 *
 * @param url where the service is
 * @param token proves who asks
 */
@ConnectionInfo(
    name = "account",
    title = "${className} account",
    description = "The token is in the service's settings.",
    icon = "plugin.svg",
    requestsPerSecond = 5)
record ${className}Account(
    @Field(title = "Address", help = "Begins with https://.", example = "https://api.example.com")
        URI url,
    @Field(title = "Token", help = "Kept sealed; nobody can read it again.") Secret token)
    implements ConnectionType {

  /** What is wrong with an account is said when it is made, in words for whoever types it in. */
  ${className}Account {
    if (url.getHost() == null) {
      throw new IllegalArgumentException("the address must look like https://api.example.com");
    }
  }

  /** Requests to any other host are refused by the server. */
  @Override
  public Set<String> hosts() {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return Set.of(url.getPort() < 0 ? host : host + ":" + url.getPort());
  }

  @Override
  public ConnectionCheck test(StepContext context) throws Exception {
    HttpResponse<String> answer = get(context, "/status");
    return answer.statusCode() == 200
        ? new ConnectionCheck(true, "The service answers.")
        : new ConnectionCheck(
            false, "The service answers with status " + answer.statusCode() + ". Check the token.");
  }

  HttpResponse<String> get(StepContext context, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Authorization", "Bearer " + token.reveal())
            .header("Accept", "text/plain")
            .build();
    return context.http().send(request, BodyHandlers.ofString());
  }
}
