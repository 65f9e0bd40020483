package dev.segue.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The processes that work on a home folder, whoever their parent is: each has the folder on its
 * command line or works in it.
 */
record HomeProcesses(Path home) {

  private static final Path PROC = Path.of("/proc");

  List<ProcessHandle> all() {
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != self && process.isAlive() && belongs(process.pid()))
        .toList();
  }

  /** The process engine's Java. */
  ProcessHandle broker() {
    return one(process -> commandLine(process.pid()).contains("-Dbasedir="), "broker");
  }

  /** PostgreSQL's first process, the parent of all its others. */
  ProcessHandle postmaster() {
    return one(
        process ->
            isPostgres(process) && process.parent().filter(HomeProcesses::isPostgres).isEmpty(),
        "postmaster");
  }

  /** How many programs run: an engine, and a database with all its processes, count 2. */
  long families() {
    return all().stream()
        .filter(
            process ->
                !isPostgres(process)
                    || process.parent().filter(HomeProcesses::isPostgres).isEmpty())
        .count();
  }

  /** Kills whatever is left. Only for cleaning up after a test. */
  void killAll() {
    List<ProcessHandle> left = all();
    left.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : left) {
      process.onExit().orTimeout(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  /** What runs, for messages. */
  String describe() {
    return String.join(
        System.lineSeparator(),
        all().stream()
            .map(process -> process.pid() + ": " + commandLine(process.pid()).replace('\0', ' '))
            .toList());
  }

  private ProcessHandle one(Predicate<ProcessHandle> which, String name) {
    return all().stream()
        .filter(which)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no " + name + " runs on " + home + ":\n" + describe()));
  }

  private static boolean isPostgres(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(entry(process.pid(), "exe")).endsWith("postgres");
    } catch (IOException ended) {
      return false;
    }
  }

  private boolean belongs(long pid) {
    return works(pid) || commandLine(pid).contains(home.toString());
  }

  private boolean works(long pid) {
    try {
      return Files.readSymbolicLink(entry(pid, "cwd")).startsWith(home);
    } catch (IOException ended) {
      return false;
    }
  }

  /** Its arguments, each followed by a zero character. */
  private static String commandLine(long pid) {
    try {
      return Files.readString(entry(pid, "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  private static Path entry(long pid, String name) {
    return PROC.resolve(Long.toString(pid)).resolve(name);
  }

  /** How much memory all of them hold, in bytes; a page that several share counts once. */
  long residentBytes() {
    return all().stream().mapToLong(process -> residentBytes(process.pid())).sum();
  }

  private static long residentBytes(long pid) {
    try (Stream<String> lines = Files.lines(entry(pid, "smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException ended) {
      return 0;
    }
  }
}
