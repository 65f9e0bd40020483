package dev.segue.server.cli.session;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one invocation of the command line works with. Which server is meant: the one that {@code
 * --url} or {@code SEGUE_URL} names, else the one on the home folder, else the one of the last
 * sign-in. Options are read when they are needed, so a session may be made before they are parsed.
 */
public final class Session {

  private final GlobalOptions options;
  private final Terminal terminal;
  private final Credentials credentials;

  /** Works on this terminal with these options. */
  public Session(GlobalOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
    this.credentials = new Credentials(terminal.environment());
  }

  /** The options of the command line. */
  public GlobalOptions options() {
    return options;
  }

  /** The terminal. */
  public Terminal terminal() {
    return terminal;
  }

  /** The stored sign-ins. */
  public Credentials credentials() {
    return credentials;
  }

  /** Where results go. */
  public Output out() {
    ZoneId zone = options.utc() ? ZoneOffset.UTC : ZoneId.systemDefault();
    return new Output(terminal.out(), terminal.err(), options.output(), new Texts(zone));
  }

  /** The home folder that is meant; it may not exist yet. */
  public HomeFolder home() {
    Path given = options.home();
    if (given == null) {
      String named = variable("SEGUE_HOME");
      given = named != null ? Path.of(named) : defaultHome();
    }
    return new HomeFolder(given.toAbsolutePath().normalize());
  }

  private static Path defaultHome() {
    String distribution = System.getProperty("segue.dist", "");
    return distribution.isEmpty()
        ? Path.of("segue-home")
        : Path.of(distribution).resolveSibling("segue-home");
  }

  /** The API of the server that is meant, signed in. */
  public ApiClient api() {
    URI named = namedUrl();
    String token = options.token() != null ? options.token() : variable("SEGUE_TOKEN");
    if (named != null) {
      return new ApiClient(named, token != null ? token : tokenFor(named));
    }
    Optional<ServerFile> here = home().server();
    if (here.isPresent()) {
      URI url = here.get().url();
      return new ApiClient(url, token != null ? token : tokenFor(url));
    }
    URI last =
        Optional.ofNullable(options.home() == null ? credentials.last().orElse(null) : null)
            .orElseThrow(
                () ->
                    CliException.failed(
                        "no server is running on %s. Start it with `segue up`, or sign in to another"
                                .formatted(home().path())
                            + " one with `segue login URL`."));
    return new ApiClient(last, token != null ? token : tokenFor(last));
  }

  /** The server that was named by option or environment; null if none was. */
  public @Nullable URI namedUrl() {
    URI url = options.url();
    if (url == null) {
      String named = variable("SEGUE_URL");
      url = named == null ? null : URI.create(named);
    }
    return url == null ? null : checked(url);
  }

  /** Checks that an address is one of a server. */
  public static URI checked(URI url) {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null) {
      throw CliException.wrongUse(
          "`%s` is no address of a server. Write it like http://127.0.0.1:8080.".formatted(url));
    }
    return url;
  }

  private String tokenFor(URI url) {
    Optional<String> homeToken =
        home().server().filter(server -> sameServer(server.url(), url)).isPresent()
            ? home().token()
            : Optional.empty();
    return homeToken
        .or(() -> credentials.of(url).map(entry -> Json.text(entry, "token")))
        .orElseThrow(
            () ->
                CliException.failed(
                    "not signed in to %s. Sign in with `segue login %s`.".formatted(url, url)));
  }

  private static boolean sameServer(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equals(other.getHost())
        && one.getPort() == other.getPort();
  }

  private @Nullable String variable(String name) {
    Map<String, String> environment = terminal.environment();
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }
}
