package dev.segue.server.notices;

import dev.segue.server.plugins.PluginZip;
import java.nio.file.Path;

/** A plugin that sends mails, and posts to a chat that is reached by mail. */
final class Messenger {

  private static final String SOURCE =
      """
      package messenger;
      import dev.segue.sdk.*;
      import java.io.*;
      import java.net.*;
      import java.nio.charset.StandardCharsets;
      import java.time.Duration;
      import java.util.*;

      public final class MessengerPlugin implements SeguePlugin {
        @Override public void describe(Catalog catalog) {
          catalog.connection(Post.class);
          catalog.connection(Board.class);
          catalog.step(new Tell());
        }

        @ConnectionInfo(name = "post", title = "Mail")
        record Post(int port) implements ConnectionType {
          @Override public Set<String> hosts() { return Set.of(); }
          @Override public ConnectionCheck test(StepContext context) {
            return new ConnectionCheck(true, "");
          }
        }

        @ConnectionInfo(name = "board", title = "Chat")
        record Board(int port, String channel) implements ConnectionType {
          @Override public Set<String> hosts() { return Set.of(); }
          @Override public ConnectionCheck test(StepContext context) {
            return new ConnectionCheck(true, "");
          }
        }

        @StepInfo(name = "tell", title = "Tell", effect = Effect.SEND)
        static final class Tell implements Step<Tell.Input, Tell.Output> {
          record Input(Optional<Post> account, Optional<String> to, Optional<Board> webhook,
              String subject, String text) {}
          record Output(boolean told) {}

          @Override public Output simulate(Input input, StepContext context) {
            return new Output(false);
          }

          @Override public Output run(Input input, StepContext context) throws Exception {
            int port = input.account().map(Post::port).orElseGet(() -> input.webhook().get().port());
            String to = input.to().orElseGet(() -> input.webhook().get().channel());
            try (Socket socket = connect(port);
                BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                Writer out = new OutputStreamWriter(
                    socket.getOutputStream(), StandardCharsets.UTF_8)) {
              if (!in.readLine().startsWith("220")) {
                throw new RetryLater(Duration.ofMillis(50), "The mail server is too busy.");
              }
              for (String command : List.of("HELO me", "MAIL FROM:<segue@example.com>",
                  "RCPT TO:<" + to + ">", "DATA",
                  "Subject: " + input.subject() + "\\r\\n\\r\\n"
                      + input.text().replace("\\n", "\\r\\n") + "\\r\\n.")) {
                out.write(command + "\\r\\n");
                out.flush();
                if (in.readLine() == null) {
                  throw new IOException("The mail server hung up.");
                }
              }
              return new Output(true);
            }
          }

          private static Socket connect(int port) {
            try {
              return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException e) {
              throw new RetryLater(Duration.ofMillis(50), "There is no mail server.");
            }
          }
        }
      }
      """;

  private Messenger() {}

  static void build(Path file) {
    PluginZip.of("messenger", "1.0.0", "messenger.MessengerPlugin")
        .source("messenger.MessengerPlugin", SOURCE)
        .build(file);
  }
}
