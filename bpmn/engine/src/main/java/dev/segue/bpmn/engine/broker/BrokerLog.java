package dev.segue.bpmn.engine.broker;

import dev.segue.bpmn.engine.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Passes the broker's standard output on to the log, and keeps its end for error messages. */
final class BrokerLog {

  private static final Logger LOG = LoggerFactory.getLogger("zeebe");
  private static final Pattern LINE =
      Pattern.compile("(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\\|([^|]*)\\|(.*)");
  private static final int TAIL_LINES = 40;
  private static final int LINE_LIMIT = 4_000;

  /** Alarms that every start and stop of a healthy broker raises. */
  private static final List<String> FALSE_ALARMS =
      List.of(
          "Services not installed", "No backup store is configured", "ListenerRegistry|Listener ");

  private final List<String> secrets;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<String> tail = new ArrayDeque<>();
  private Level level = Level.INFO;
  private volatile boolean addressInUse;

  /**
   * @param secrets never to be passed on: Zeebe prints an exporter's arguments when it fails
   */
  BrokerLog(Collection<Secret> secrets) {
    this.secrets =
        secrets.stream().map(Secret::reveal).filter(secret -> !secret.isEmpty()).toList();
  }

  /** Reads until the broker closes its output. */
  Thread pump(InputStream output) {
    return Thread.ofPlatform().daemon().name("segue-broker-log").start(() -> read(output));
  }

  /** The last lines, for people. */
  String tail() {
    lock.lock();
    try {
      return String.join(System.lineSeparator(), tail);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the broker said that a port is taken. */
  boolean addressInUse() {
    return addressInUse;
  }

  private void read(InputStream output) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(line);
      }
    } catch (IOException closed) {
      LOG.debug("the broker's output ended", closed);
    }
  }

  void accept(String printed) {
    String line = printed;
    for (String secret : secrets) {
      line = line.replace(secret, "***");
    }
    if (line.length() > LINE_LIMIT) {
      line = line.substring(0, LINE_LIMIT) + "…";
    }
    Matcher parts = LINE.matcher(line);
    if (parts.matches()) {
      level = level(parts.group(1), line);
      keep(parts.group(1) + " " + parts.group(2) + ": " + parts.group(3));
      LOG.atLevel(level).log("{}: {}", parts.group(2), parts.group(3));
    } else {
      // A stack trace's line belongs to the line before it.
      keep(line);
      LOG.atLevel(level).log("{}", line);
    }
    if (line.contains("Address already in use")) {
      addressInUse = true;
    }
  }

  private static Level level(String name, String line) {
    if (FALSE_ALARMS.stream().anyMatch(line::contains)) {
      return Level.DEBUG;
    }
    return name.equals("FATAL") ? Level.ERROR : Level.valueOf(name);
  }

  private void keep(String line) {
    lock.lock();
    try {
      if (tail.size() == TAIL_LINES) {
        tail.removeFirst();
      }
      tail.addLast(line);
    } finally {
      lock.unlock();
    }
  }
}
