package dev.segue.examples.recorder;

import dev.segue.sdk.ChangeTarget;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * A properties file with a ledger of the changes made to it. A file {@code FILE.wait} beside it,
 * with milliseconds in it, makes each change linger after it has happened, so that a test can kill
 * the host just then.
 */
record EntryFile(Path file) {

  private static final Object WRITING = new Object();

  static EntryFile of(String file) {
    return new EntryFile(Path.of(file));
  }

  static EntryFile ofTarget(ChangeTarget target) {
    return of(target.id().substring(0, target.id().lastIndexOf('#')));
  }

  /** Empty if there is no such entry. */
  String get(String key) throws IOException {
    return read().getProperty(key, "");
  }

  boolean isApplied(String changeKey) throws IOException {
    return ledger().count(changeKey) > 0;
  }

  void set(String key, String value, String changeKey) throws IOException, InterruptedException {
    synchronized (WRITING) {
      Properties entries = read();
      entries.setProperty(key, value);
      Path temporary = beside(".tmp");
      try (Writer writer = Files.newBufferedWriter(temporary)) {
        entries.store(writer, null);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      ledger().append(changeKey, key, value);
    }
    if (Files.exists(beside(".wait"))) {
      Thread.sleep(Long.parseLong(Files.readString(beside(".wait")).strip()));
    }
  }

  private Properties read() throws IOException {
    Properties entries = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        entries.load(reader);
      }
    }
    return entries;
  }

  private Journal ledger() {
    return new Journal(beside(".ledger"));
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
