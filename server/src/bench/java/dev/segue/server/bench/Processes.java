package dev.segue.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What our processes and the machine's others take, as Linux tells it in {@code /proc}. */
final class Processes {

  private static final Path PROC = Path.of("/proc");
  private static final double TICKS_PER_SECOND = 100;
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int GUEST = 8;

  /** A part of the stack, with all processes below it. */
  enum Part {
    SERVER,
    BROKER,
    DATABASE
  }

  private final Map<Part, Long> roots = new EnumMap<>(Part.class);

  Processes(long brokerPid, long databasePid) {
    roots.put(Part.SERVER, ProcessHandle.current().pid());
    roots.put(Part.BROKER, brokerPid);
    roots.put(Part.DATABASE, databasePid);
  }

  /**
   * Processor seconds since the machine's or the processes' start.
   *
   * @param all of all processes on the machine
   * @param parts of our own
   */
  record Cpu(long atNanos, double all, Map<Part, Double> parts) {

    /** How many processors were busy between an earlier reading and this one. */
    CpuUse since(Cpu earlier) {
      double seconds = (atNanos - earlier.atNanos) / 1e9;
      Map<Part, Double> used = new EnumMap<>(Part.class);
      double ours = 0;
      for (Part part : Part.values()) {
        double cores = (parts.get(part) - earlier.parts.get(part)) / seconds;
        used.put(part, cores);
        ours += cores;
      }
      return new CpuUse(used, Math.max(0, (all - earlier.all) / seconds - ours));
    }
  }

  /**
   * How many processors were busy.
   *
   * @param parts for our own processes
   * @param foreign for others
   */
  record CpuUse(Map<Part, Double> parts, double foreign) {

    @Override
    public String toString() {
      return "server %.2f, broker %.2f, database %.2f, foreign %.2f"
          .formatted(
              parts.get(Part.SERVER), parts.get(Part.BROKER), parts.get(Part.DATABASE), foreign);
    }
  }

  Cpu cpu() throws IOException {
    Map<Part, Double> parts = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      double seconds = 0;
      for (long pid : pids(part)) {
        seconds += cpuSeconds(pid);
      }
      parts.put(part, seconds);
    }
    return new Cpu(System.nanoTime(), allCpuSeconds(), parts);
  }

  /**
   * Memory in megabytes.
   *
   * @param rss what is resident; pages that processes share count for each of them
   * @param pss the same, but shared pages count once
   */
  record Memory(double rss, double pss) {}

  Memory memory(Part part) {
    double rss = 0;
    double pss = 0;
    for (long pid : pids(part)) {
      for (String line : linesOf(pid, "smaps_rollup")) {
        if (line.startsWith("Rss:")) {
          rss += kilobytes(line) / 1024;
        } else if (line.startsWith("Pss:")) {
          pss += kilobytes(line) / 1024;
        }
      }
    }
    return new Memory(rss, pss);
  }

  /** The load averages, and how many processes run of how many. */
  static String load() throws IOException {
    return Files.readString(PROC.resolve("loadavg")).strip();
  }

  /** The processor's name. */
  static String processor() throws IOException {
    return Files.readAllLines(PROC.resolve("cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("unknown processor");
  }

  /** The server is the parent of broker and database, but counts without them. */
  private List<Long> pids(Part part) {
    long root = roots.get(part);
    Stream<Long> own = Stream.of(root);
    if (part == Part.SERVER) {
      return own.toList();
    }
    Stream<Long> below =
        ProcessHandle.of(root).stream().flatMap(ProcessHandle::descendants).map(ProcessHandle::pid);
    return Stream.concat(own, below).toList();
  }

  private static double allCpuSeconds() throws IOException {
    String[] fields = Files.readAllLines(PROC.resolve("stat")).getFirst().split("\\s+");
    double ticks = 0;
    for (int i = 0; i < GUEST && i + 1 < fields.length; i++) {
      if (i != IDLE && i != IO_WAIT) {
        ticks += Long.parseLong(fields[i + 1]);
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Of the process and, if it isn't this one, of its children that have ended. */
  private static double cpuSeconds(long pid) {
    List<String> lines = linesOf(pid, "stat");
    if (lines.isEmpty()) {
      return 0;
    }
    String line = lines.getFirst();
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    if (pid != ProcessHandle.current().pid()) {
      ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static double kilobytes(String line) {
    return Double.parseDouble(line.replaceAll("[^0-9]", ""));
  }

  /** Empty if the process has ended. */
  private static List<String> linesOf(long pid, String name) {
    try {
      return Files.readAllLines(PROC.resolve(Long.toString(pid)).resolve(name));
    } catch (IOException e) {
      return List.of();
    }
  }
}
