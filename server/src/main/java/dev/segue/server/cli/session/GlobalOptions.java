package dev.segue.server.cli.session;

import dev.segue.server.cli.output.Format;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before or after its own. */
public final class GlobalOptions {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The server's home folder (or SEGUE_HOME).")
  private @Nullable Path home;

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The server to talk to (or SEGUE_URL).")
  private @Nullable URI url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      scope = ScopeType.INHERIT,
      description = "An API token. SEGUE_TOKEN does the same without showing it to others.")
  private @Nullable String token;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "table or json.")
  private Format output = Format.TABLE;

  @Option(
      names = "--utc",
      scope = ScopeType.INHERIT,
      description = "Show times in UTC instead of the local zone.")
  private boolean utc;

  @Nullable Path home() {
    return home;
  }

  @Nullable URI url() {
    return url;
  }

  @Nullable String token() {
    return token;
  }

  Format output() {
    return output;
  }

  boolean utc() {
    return utc;
  }
}
