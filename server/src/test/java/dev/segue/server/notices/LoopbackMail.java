package dev.segue.server.notices;

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

/** A mail server on loopback that may be told to turn callers away, or to hesitate. */
final class LoopbackMail implements AutoCloseable {

  /**
   * What arrived whole.
   *
   * @param to the address of its envelope
   * @param text headers and all
   */
  record Mail(String to, String text) {}

  private final ServerSocket server;
  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private volatile boolean full;
  private volatile CountDownLatch mayConfirm = new CountDownLatch(0);

  LoopbackMail() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  List<Mail> mails() {
    return List.copyOf(mails);
  }

  /** Those that speak of a certain approval. */
  List<Mail> mailsOf(long approval) {
    return mails.stream().filter(mail -> mail.text().contains("/approvals/" + approval)).toList();
  }

  /** Whether callers are turned away. */
  void turnAway(boolean all) {
    full = all;
  }

  /** Takes messages, but doesn't say so until the given latch is down. */
  void hesitate(CountDownLatch until) {
    mayConfirm = until;
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
      say(out, full ? "421 too busy" : "220 loopback");
      String to = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT)) {
          case "RCPT" -> {
            to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
            say(out, "250 ok");
          }
          case "DATA" -> {
            say(out, "354 go on");
            mails.add(new Mail(to, message(in)));
            mayConfirm.await();
            say(out, "250 taken");
          }
          case "QUIT" -> {
            return;
          }
          default -> say(out, "250 ok");
        }
      }
    } catch (IOException gone) {
      // The sender hung up.
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
    mayConfirm.countDown();
    server.close();
  }
}
