package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Listing;
import picocli.CommandLine.Option;

/** How much of a list is wanted. */
final class ListOptions {

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The most entries to show (${DEFAULT-VALUE}).")
  private int limit = 50;

  @Option(names = "--all", description = "Show all entries.")
  private boolean all;

  Listing list(ApiClient api, ApiPath path) {
    if (limit < 1) {
      throw CliException.wrongUse("--limit must be at least 1.");
    }
    return api.list(path, all ? Integer.MAX_VALUE : limit);
  }
}
