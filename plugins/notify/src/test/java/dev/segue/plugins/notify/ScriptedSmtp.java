package dev.segue.plugins.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on the loopback interface that records messages and misbehaves as it is told. */
final class ScriptedSmtp implements AutoCloseable {

  /** A reply that means: hang up without one. */
  static final String HANG_UP = "";

  private final ServerSocket server;
  private final Map<String, String> replies = new ConcurrentHashMap<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();

  ScriptedSmtp() throws IOException {
    server = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers a command ({@code MAIL}, {@code .} for the end of data…) with this from now on. */
  ScriptedSmtp answer(String command, String reply) {
    replies.put(command, reply);
    return this;
  }

  int port() {
    return server.getLocalPort();
  }

  /** The messages whose end was seen, headers and all. */
  List<String> messages() {
    return messages;
  }

  List<String> commands() {
    return commands;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      OutputStream out = socket.getOutputStream();
      if (!reply(out, "CONNECT", "220 scripted")) {
        return;
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        commands.add(command);
        if (!reply(out, command, usual(command)) || command.equals("QUIT")) {
          return;
        }
        boolean takesData = command.equals("DATA") && !replies.containsKey("DATA");
        if (takesData && !(readData(in) && reply(out, ".", "250 taken"))) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String usual(String command) {
    return switch (command) {
      case "EHLO" -> "250-scripted\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME";
      case "DATA" -> "354 go on";
      case "AUTH" -> "235 welcome";
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  private boolean readData(BufferedReader in) throws IOException {
    StringBuilder message = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(".")) {
        messages.add(message.toString());
        return true;
      }
      message.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
    }
    return false;
  }

  private boolean reply(OutputStream out, String command, String usual) throws IOException {
    String reply = replies.getOrDefault(command, usual);
    if (reply.equals(HANG_UP)) {
      return false;
    }
    out.write((reply + "\r\n").getBytes(UTF_8));
    out.flush();
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
