package dev.segue.server.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code postmaster.pid} says, checked against the processes of this machine. The file alone
 * proves nothing: after a crash it stays, and its process id may belong to another program by now.
 */
final class PostmasterFile {

  private static final Logger log = LoggerFactory.getLogger(PostmasterFile.class);
  private static final int PORT_LINE = 3;
  private static final Path PROC = Path.of("/proc");

  private final Path data;

  PostmasterFile(Path data) {
    this.data = data;
  }

  /** A server that runs on our data. */
  record Running(ProcessHandle process, int port, Path program) {}

  boolean exists() {
    return Files.exists(path());
  }

  /** The server that runs on this data folder now, if there is one. */
  Optional<Running> running() {
    try {
      List<String> lines = Files.readAllLines(path());
      if (lines.size() <= PORT_LINE) {
        return Optional.empty();
      }
      long pid = Long.parseLong(lines.get(0).strip());
      int port = Integer.parseInt(lines.get(PORT_LINE).strip());
      if (!worksOnData(pid)) {
        return Optional.empty();
      }
      Path program = Files.readSymbolicLink(PROC.resolve(Long.toString(pid)).resolve("exe"));
      return ProcessHandle.of(pid).map(process -> new Running(process, port, program));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Removes a file that a crash left behind, once no process works on the data any more: neither
   * the named one nor one of its children, which may outlive it by a moment.
   *
   * @return whether the way is free
   */
  boolean clearIfStale() throws IOException {
    if (!exists()) {
      return true;
    }
    if (anyProcessWorksOnData()) {
      return false;
    }
    log.info("Removing {}, which a crash of PostgreSQL left behind", path());
    Files.deleteIfExists(path());
    return true;
  }

  boolean anyProcessWorksOnData() throws IOException {
    try (Stream<Path> processes = Files.list(PROC)) {
      return processes
          .map(process -> process.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .anyMatch(name -> worksOnData(Long.parseLong(name)));
    }
  }

  /**
   * Every process of a PostgreSQL server has its data folder as working directory; a dead one that
   * nobody reaped has none.
   */
  private boolean worksOnData(long pid) {
    try {
      Path process = PROC.resolve(Long.toString(pid));
      return Files.readSymbolicLink(process.resolve("cwd")).equals(data.toRealPath())
          && Files.readSymbolicLink(process.resolve("exe")).endsWith("postgres");
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      // A process of another account: not ours.
      return false;
    }
  }

  private Path path() {
    return data.resolve("postmaster.pid");
  }
}
