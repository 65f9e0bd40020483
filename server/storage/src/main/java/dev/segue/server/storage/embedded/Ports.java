package dev.segue.server.storage.embedded;

import dev.segue.server.storage.StorageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of this machine's loopback address, below the range from which operating systems take
 * the ports of outgoing connections, so that a saved one stays free.
 */
final class Ports {

  private static final int FIRST = 15_000;
  private static final int END = 32_000;
  private static final int TRIES = 200;

  private Ports() {}

  static int choose() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port)) {
        return port;
      }
    }
    throw new StorageException(
        "No free port was found for PostgreSQL on 127.0.0.1 between "
            + FIRST
            + " and "
            + END
            + ". Check that this account may open ports on the loopback address.");
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
