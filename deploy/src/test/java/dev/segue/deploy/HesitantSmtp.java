package dev.segue.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A mail server that records each message as soon as it has it, but says so only when it is told
 * to. Whoever sent the message can't know meanwhile whether it was taken.
 */
final class HesitantSmtp implements AutoCloseable {

  private final ServerSocket server;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final CountDownLatch mayConfirm = new CountDownLatch(1);

  HesitantSmtp() throws IOException {
    server = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What arrived whole, headers and all. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  /** From now on, messages are confirmed. */
  void confirm() {
    mayConfirm.countDown();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      OutputStream out = socket.getOutputStream();
      say(out, "220 hesitant");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT)) {
          case "EHLO", "HELO" -> say(out, "250 hesitant");
          case "DATA" -> {
            say(out, "354 go on");
            messages.add(message(in));
            mayConfirm.await();
            say(out, "250 taken");
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return;
          }
          default -> say(out, "250 ok");
        }
      }
    } catch (IOException gone) {
      // The sender died, which is what this server waits for.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String message(BufferedReader in) throws IOException {
    StringBuilder message = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      message.append(line).append('\n');
    }
    return message.toString();
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    confirm();
    server.close();
  }
}
