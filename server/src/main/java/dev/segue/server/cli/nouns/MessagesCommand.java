package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages to runs. */
@Command(name = "messages", description = "Messages to waiting or new runs.")
final class MessagesCommand {

  private final Session session;

  MessagesCommand(Session session) {
    this.session = session;
  }

  @Command(name = "publish", description = "Publish a message.")
  void publish(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--key", paramLabel = "KEY", description = "The correlation key.")
          @Nullable String key,
      @Option(
              names = "--ttl",
              paramLabel = "DURATION",
              description = "Keep it for a receiver that comes later, such as PT1H.")
          @Nullable Duration timeToLive,
      @Option(names = "--id", paramLabel = "ID", description = "Makes it unique while it is kept.")
          @Nullable String id,
      @Option(names = "--var", paramLabel = "NAME=TEXT|NAME:=JSON")
          @Nullable List<String> variables,
      @Option(names = "--variables", paramLabel = "FILE") @Nullable Path variablesFile) {
    ObjectNode body = Json.object().put("name", name);
    if (key != null) {
      body.put("correlationKey", key);
    }
    if (timeToLive != null) {
      body.put("timeToLive", timeToLive.toString());
    }
    if (id != null) {
      body.put("id", id);
    }
    if (variables != null || variablesFile != null) {
      body.set("variables", Values.collect("--var", variablesFile, variables));
    }
    JsonNode answer = session.api().post(ApiPath.of("messages"), body);
    session.out().done(answer, "Published.");
  }
}
