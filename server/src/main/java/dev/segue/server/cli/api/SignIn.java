package dev.segue.server.cli.api;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a name and a password into an API token, by way of a session that ends at once. */
public final class SignIn {

  private static final Duration CALL = Duration.ofSeconds(60);

  private final URI server;
  private final HttpExchanges exchanges;

  /** Signs in at this server. */
  public SignIn(URI server) {
    this.server = server;
    this.exchanges = new HttpExchanges(server);
  }

  /**
   * Makes a token.
   *
   * @param username who
   * @param password the password
   * @param tokenName by which people will recognise the token
   * @param expiresAt when it ends
   * @return the contract's {@code Token} with its {@code token}
   */
  public JsonNode token(String username, char[] password, String tokenName, Instant expiresAt) {
    ObjectNode given =
        Json.object().put("username", username).put("password", String.valueOf(password));
    HttpResponse<String> session =
        exchanges.send(request("sessions").POST(BodyPublishers.ofString(Json.compact(given))));
    String cookie =
        session
            .headers()
            .firstValue("Set-Cookie")
            .map(header -> header.split(";", 2)[0])
            .orElseThrow(
                () -> CliException.failed(server + " gave no session. Is it a Segue server?"));
    String csrf = Json.text(Json.parse(session.body()).orElseGet(Json::object), "csrfToken");
    ObjectNode wanted = Json.object().put("name", tokenName).put("expiresAt", expiresAt.toString());
    try {
      HttpResponse<String> made =
          exchanges.send(
              inSession(request("tokens"), cookie, csrf)
                  .POST(BodyPublishers.ofString(Json.compact(wanted))));
      return Json.parse(made.body()).orElseGet(Json::object);
    } finally {
      exchanges.send(inSession(request("sessions", "current"), cookie, csrf).DELETE());
    }
  }

  private HttpRequest.Builder request(String... segments) {
    return HttpRequest.newBuilder(ApiPath.of(segments).under(server))
        .timeout(CALL)
        .header("Content-Type", "application/json");
  }

  private static HttpRequest.Builder inSession(
      HttpRequest.Builder request, String cookie, String csrf) {
    return request.header("Cookie", cookie).header("X-CSRF-Token", csrf);
  }
}
