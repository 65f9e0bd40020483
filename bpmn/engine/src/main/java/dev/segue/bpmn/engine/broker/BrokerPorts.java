package dev.segue.bpmn.engine.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The five ports of a broker. All are bound to loopback, but for the internal one, which Zeebe also
 * opens for UDP on all addresses.
 */
record BrokerPorts(int gateway, int rest, int management, int command, int internal) {

  private static final int ATTEMPTS = 20;

  /**
   * Chooses ports that are free now.
   *
   * @param gatewayPort a fixed port for the gateway, or 0
   */
  static BrokerPorts choose(int gatewayPort) throws BrokerException {
    if (gatewayPort != 0 && !free(gatewayPort)) {
      throw new BrokerException(
          BrokerException.Reason.PORT_TAKEN,
          "port %d on 127.0.0.1, which is to be the Zeebe gateway, is taken by another program; stop that program (another Zeebe or Segue?), or let the gateway have a free port"
              .formatted(gatewayPort),
          null);
    }
    List<ServerSocket> held = new ArrayList<>();
    try {
      int internal = heldForBoth(held);
      int gateway = gatewayPort != 0 ? gatewayPort : hold(held);
      return new BrokerPorts(gateway, hold(held), hold(held), hold(held), internal);
    } catch (IOException failure) {
      throw new BrokerException(
          BrokerException.Reason.START_FAILED, "no free port on 127.0.0.1 to be had", failure);
    } finally {
      held.forEach(BrokerPorts::release);
    }
  }

  /** Whether all of them are free, as before a restart on the same ports. */
  boolean allFree() {
    return free(gateway) && free(rest) && free(management) && free(command) && free(internal);
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static int hold(List<ServerSocket> held) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    held.add(socket);
    return socket.getLocalPort();
  }

  private static int heldForBoth(List<ServerSocket> held) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = hold(held);
      try (DatagramSocket udp = new DatagramSocket(port)) {
        return udp.getLocalPort();
      } catch (IOException takenForUdp) {
        continue;
      }
    }
    throw new IOException("no port that is free for TCP and UDP");
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException harmless) {
      throw new UncheckedIOException(harmless);
    }
  }
}
