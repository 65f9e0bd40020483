package dev.segue.server.cli.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server on this machine that takes every message and delivers none. Thread-safe. */
final class MailTrap implements AutoCloseable {

  private static final Pattern ENCODED = Pattern.compile("=\\?UTF-8\\?B\\?([^?]*)\\?=\\s*");
  private static final Pattern QUOTED = Pattern.compile("=\\?UTF-8\\?Q\\?([^?]*)\\?=\\s*");

  private static final Pattern FILE = Pattern.compile("filename=\"?([^\";]+)");

  private final ServerSocket door;
  private final List<Mail> mails = new CopyOnWriteArrayList<>();

  /**
   * A message that arrived.
   *
   * @param to the address of its envelope
   * @param subject decoded
   * @param files names of what is attached
   */
  record Mail(String to, String subject, List<String> files) {}

  MailTrap() {
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("mail-trap").start(this::listen);
  }

  int port() {
    return door.getLocalPort();
  }

  /** What arrived, oldest first. */
  List<Mail> mails() {
    return List.copyOf(mails);
  }

  private void listen() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Thread.ofVirtual().name("mail-trap-call").start(() -> answer(caller));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket caller) {
    try (caller;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8))) {
      say(caller, "220 mail trap");
      String to = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String command = line.toUpperCase(Locale.ROOT);
        if (command.startsWith("RCPT TO:")) {
          to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        }
        if (command.equals("DATA")) {
          say(caller, "354 go on");
          mails.add(read(to, in));
        }
        if (command.equals("QUIT")) {
          say(caller, "221 bye");
          return;
        }
        say(caller, "250 ok");
      }
    } catch (IOException e) {
      // The caller hung up; what it had handed over in full is noted.
      return;
    }
  }

  private static void say(Socket caller, String line) throws IOException {
    caller.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads a message to its end. */
  private static Mail read(String to, BufferedReader in) throws IOException {
    List<String> headers = new ArrayList<>();
    List<String> files = new ArrayList<>();
    boolean body = false;
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      body |= line.isEmpty();
      if (body) {
        Matcher file = FILE.matcher(line);
        if (file.find()) {
          files.add(file.group(1));
        }
      } else if (line.startsWith(" ") || line.startsWith("\t")) {
        headers.set(headers.size() - 1, headers.getLast() + " " + line.strip());
      } else {
        headers.add(line);
      }
    }
    String subject =
        headers.stream()
            .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("subject:"))
            .findFirst()
            .map(header -> decoded(header.substring("subject:".length()).strip()))
            .orElse("");
    return new Mail(to, subject, List.copyOf(files));
  }

  private static String decoded(String text) {
    String plain =
        ENCODED
            .matcher(text)
            .replaceAll(
                part ->
                    Matcher.quoteReplacement(
                        new String(
                            Base64.getDecoder().decode(part.group(1)), StandardCharsets.UTF_8)));
    return QUOTED
        .matcher(plain)
        .replaceAll(part -> Matcher.quoteReplacement(unquoted(part.group(1))));
  }

  private static String unquoted(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' && i + 2 < text.length()) {
        bytes[length++] = (byte) Integer.parseInt(text, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) (c == '_' ? ' ' : c);
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
