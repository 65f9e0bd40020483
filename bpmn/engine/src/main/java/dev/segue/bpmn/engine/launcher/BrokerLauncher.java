package dev.segue.bpmn.engine.launcher;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Locks the broker's folder, ties the broker's life to its parent's, and runs it.
 *
 * <p>Zeebe has neither: two brokers on one folder corrupt it, and a broker outlives its parent. The
 * lock belongs to this process and goes with it, however it ends. Standard input carries first the
 * secrets (their length as an int, then properties as UTF-8), so that they are in no command line,
 * environment or file; its end says that the parent is gone or wants us to stop.
 */
public final class BrokerLauncher {

  /** Exit code when another broker holds the folder. */
  public static final int LOCKED = 75;

  /** The file in the broker's folder that is locked while a broker runs there. */
  public static final String LOCK_FILE = ".segue-broker.lock";

  private static final String BROKER_MAIN = "io.camunda.zeebe.broker.StandaloneBroker";
  private static final int SECRETS_LIMIT = 1 << 20;
  private static final long ORDERLY_STOP_MILLIS = 20_000;

  /**
   * Held for the life of the process. A local variable wouldn't do: the broker's main method
   * returns once it has started, and the lock of an unreachable channel is given up.
   */
  private static volatile @Nullable FileLock held;

  private BrokerLauncher() {}

  /**
   * Runs the broker until it ends or standard input does.
   *
   * @param args the broker's folder
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    if (!lock(folder)) {
      System.err.println("another broker runs on " + folder);
      System.exit(LOCKED);
      return;
    }
    takeSecrets(System.in);
    Thread watchdog = new Thread(() -> stopAtEnd(System.in), "segue-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    Class.forName(BROKER_MAIN)
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }

  private static boolean lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    held = channel.tryLock();
    return held != null;
  }

  private static void takeSecrets(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int length = data.readInt();
    if (length < 0 || length > SECRETS_LIMIT) {
      throw new IOException("standard input doesn't begin with the secrets");
    }
    byte[] text = data.readNBytes(length);
    Properties secrets = new Properties();
    secrets.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
    secrets.forEach((name, value) -> System.setProperty((String) name, (String) value));
  }

  private static void stopAtEnd(InputStream in) {
    try {
      while (in.read() >= 0) {
        // nothing more is expected; wait for the end
      }
    } catch (IOException broken) {
      System.err.println("standard input broke, the broker stops: " + broken.getMessage());
    }
    Thread halt = new Thread(BrokerLauncher::haltLater, "segue-halt");
    halt.setDaemon(true);
    halt.start();
    System.exit(0);
  }

  private static void haltLater() {
    try {
      Thread.sleep(ORDERLY_STOP_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
