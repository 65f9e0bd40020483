package dev.segue.bpmn.engine.zeebe;

import dev.segue.bpmn.engine.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a Zeebe or Camunda 8 cluster.
 *
 * @param grpcAddress the gateway, {@code http://host:port} for plaintext or {@code https://…} for
 *     TLS
 * @param restAddress the gateway's REST API, without a version in the path
 * @param tls trust for {@code https} addresses
 * @param oauth client credentials, or null for a cluster without authentication
 * @param requestTimeout how long one attempt of a command may take
 * @param commandDeadline how long a command is repeated while the engine is away or pushes back
 */
public record EngineSettings(
    URI grpcAddress,
    URI restAddress,
    Tls tls,
    @Nullable OAuth oauth,
    Duration requestTimeout,
    Duration commandDeadline) {

  private static final int GRPC_PORT = 26500;
  private static final int REST_PORT = 8080;

  public EngineSettings {
    requireWebAddress("grpcAddress", grpcAddress);
    requireWebAddress("restAddress", restAddress);
    if (!requestTimeout.isPositive() || commandDeadline.compareTo(requestTimeout) < 0) {
      throw new IllegalArgumentException(
          "requestTimeout must be positive and commandDeadline no shorter than it");
    }
  }

  /**
   * Settings for {@code zeebe://host:port} (plaintext) or {@code zeebes://host:port} (TLS); the
   * port is 26500 if left out.
   *
   * @param restAddress null for port 8080 of the same host
   * @throws IllegalArgumentException if the address is of another form; the message says which
   */
  public static EngineSettings of(String engineAddress, @Nullable URI restAddress) {
    URI engine;
    try {
      engine = new URI(engineAddress);
    } catch (URISyntaxException notAnAddress) {
      throw malformed(engineAddress);
    }
    String scheme = engine.getScheme() == null ? "" : engine.getScheme().toLowerCase(Locale.ROOT);
    String web =
        switch (scheme) {
          case "zeebe" -> "http";
          case "zeebes" -> "https";
          default -> throw malformed(engineAddress);
        };
    if (engine.getHost() == null || !engine.getPath().isEmpty() || engine.getUserInfo() != null) {
      throw malformed(engineAddress);
    }
    int port = engine.getPort() < 0 ? GRPC_PORT : engine.getPort();
    return new EngineSettings(
        URI.create(web + "://" + engine.getHost() + ":" + port),
        restAddress != null
            ? restAddress
            : URI.create(web + "://" + engine.getHost() + ":" + REST_PORT),
        Tls.SYSTEM,
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30));
  }

  /** These settings with other trust. */
  public EngineSettings withTls(Tls other) {
    return new EngineSettings(
        grpcAddress, restAddress, other, oauth, requestTimeout, commandDeadline);
  }

  /** These settings with client credentials. */
  public EngineSettings withOAuth(OAuth other) {
    return new EngineSettings(
        grpcAddress, restAddress, tls, other, requestTimeout, commandDeadline);
  }

  /** These settings with other limits of time. */
  public EngineSettings withTimeouts(Duration request, Duration deadline) {
    return new EngineSettings(grpcAddress, restAddress, tls, oauth, request, deadline);
  }

  private static IllegalArgumentException malformed(String address) {
    return new IllegalArgumentException(
        "engine address '%s' must be zeebe://host:port, or zeebes://host:port for TLS"
            .formatted(address));
  }

  private static void requireWebAddress(String name, URI address) {
    boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!web || address.getHost() == null) {
      throw new IllegalArgumentException(
          "%s '%s' must begin with http:// or https:// and name a host".formatted(name, address));
    }
  }

  /**
   * Trust for TLS.
   *
   * @param caCertificate PEM file with the only authorities to trust; null for the system's
   * @param overrideAuthority host name to expect in the gateway's certificate; null for the
   *     address's
   */
  public record Tls(@Nullable Path caCertificate, @Nullable String overrideAuthority) {

    /** The system's authorities and the address's own host name. */
    public static final Tls SYSTEM = new Tls(null, null);
  }

  /**
   * OAuth 2 client credentials.
   *
   * @param audience null if the token server wants none
   * @param scope null if the token server wants none
   */
  public record OAuth(
      URI tokenUrl,
      String clientId,
      Secret clientSecret,
      @Nullable String audience,
      @Nullable String scope) {

    public OAuth {
      requireWebAddress("tokenUrl", tokenUrl);
    }
  }
}
