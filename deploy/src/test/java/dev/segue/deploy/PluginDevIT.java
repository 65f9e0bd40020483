package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An author saves a file, and the running server does what it says now. */
class PluginDevIT {

  @TempDir private Path folder;

  @Test
  void everySaveIsReloadedAndTried() throws Exception {
    Path home = folder.resolve("home");
    Path project = folder.resolve("bakery");
    Path step = project.resolve("src/main/java/com/example/bakery/CountItems.java");
    Path input = Files.writeString(folder.resolve("sample.json"), input("2026-11-20"));
    HttpServer shop = shop();
    try (Maven maven = Maven.in(folder.resolve("maven"));
        RunningSegue segue = RunningSegue.start(home, "--set", "sample=false")) {
      String repository = maven.repository().toString();
      segue
          .cli(
              "plugins",
              "new",
              "bakery",
              "--dir",
              project.toString(),
              "--maven-repository",
              repository)
          .ok();
      ProcessBuilder command =
          Program.command(
              home,
              "plugins",
              "dev",
              project.toString(),
              "--offline",
              "--maven-repository",
              repository,
              "--run",
              "count-items",
              "--input",
              input.toString());
      Maven.asAPersonWould(command);
      try (RunningCommand dev = new RunningCommand(command)) {
        dev.await("serves bakery:count-items:1");
        connect(segue, shop);

        Files.writeString(input, input("2026-11-21"));
        dev.await("changed: " + input);
        dev.await("The service has 42 items");
        dev.await("\"items\" : 42");

        replace(step, "new Output(items)", "new Output(itemz)");
        dev.await("CountItems.java:");
        replace(step, "new Output(itemz)", "new Output(items + 1)");
        dev.await("serves bakery:count-items:1");
        dev.await("\"items\" : 43");
        assertThat(served(segue)).contains("0.1.1-dev.");

        dev.end();
        assertThat(dev.text()).contains("removed what this session had installed");
      }
      assertThat(served(segue)).isEmpty();
    } finally {
      shop.stop(0);
    }
  }

  private static String served(RunningSegue segue) {
    for (JsonNode step : segue.json("steps", "list")) {
      if (step.path("type").asString().equals("bakery:count-items:1")) {
        return step.path("pluginVersion").asString();
      }
    }
    return "";
  }

  private void connect(RunningSegue segue, HttpServer shop) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "a token");
    segue
        .cli(
            "connections",
            "create",
            "shop",
            "--type",
            "bakery:account",
            "--set",
            "url=http://localhost:" + shop.getAddress().getPort(),
            "--secret-file",
            "token=" + token)
        .ok();
  }

  private static HttpServer shop() throws IOException {
    HttpServer shop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext(
        "/",
        exchange -> {
          byte[] body = "42".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    shop.start();
    return shop;
  }

  private static String input(String day) {
    return "{\"day\": \"%s\", \"account\": \"shop\"}".formatted(day);
  }

  private static void replace(Path file, String old, String fresh) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, fresh));
  }
}
