package dev.segue.server.cli.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailTrapIT {

  @Test
  void notesWhomAMailIsForAndWhatItIsAbout() throws Exception {
    try (MailTrap trap = new MailTrap()) {
      send(trap, "Half price");
      send(trap, "=?UTF-8?Q?15_%_off_Caf=C3=A9?=");
      assertThat(trap.mails())
          .containsExactly(
              new MailTrap.Mail("ann@example.com", "Half price", List.of()),
              new MailTrap.Mail("ann@example.com", "15 % off Café", List.of()));
    }
  }

  private static void send(MailTrap trap, String subject) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), trap.port());
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line :
          new String[] {
            "EHLO here",
            "MAIL FROM:<office@example.com>",
            "RCPT TO:<ann@example.com>",
            "DATA",
            "From: office@example.com\r\nSubject: " + subject + "\r\n\r\nSubject: not this\r\n.",
            "QUIT"
          }) {
        in.readLine();
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      }
      assertThat(in.readLine()).startsWith("221");
    }
  }
}
