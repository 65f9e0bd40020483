package dev.segue.server.storage.embedded;

import dev.segue.server.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The account under which PostgreSQL's programs run. They refuse to run as root, so a Segue that
 * runs as root puts them into a user namespace of their own or, where the machine forbids that,
 * hands them and their files to an unprivileged account.
 */
sealed interface Account {

  /** Finds the way that works on this machine. */
  static Account find() {
    if (!isRoot()) {
      return new Own();
    }
    Optional<String> namespaced = output(List.of("unshare", "-U", "id", "-u"));
    if (namespaced.isPresent() && !namespaced.get().equals("0")) {
      return new Namespace();
    }
    for (String name : List.of("postgres", "nobody")) {
      Optional<String> uid = output(List.of("id", "-u", name));
      Optional<String> gid = output(List.of("id", "-g", name));
      if (uid.isPresent() && gid.isPresent()) {
        Other other = new Other(name, uid.get(), gid.get());
        if (output(other.command(List.of("id", "-u"))).equals(uid)) {
          return other;
        }
      }
    }
    throw new StorageException(
        "PostgreSQL refuses to run as root, and on this machine Segue can neither give it a user"
            + " namespace (unshare -U) nor another account (setpriv). Run Segue as a normal user,"
            + " or set database to jdbc:postgresql://… of a PostgreSQL server of yours.");
  }

  /** The command that runs {@code program} under this account, in the same process. */
  List<String> command(List<String> program);

  /** Makes what Segue put below {@code folder} usable for this account. */
  void handOver(Path folder);

  /** The account of Segue itself. */
  record Own() implements Account {
    @Override
    public List<String> command(List<String> program) {
      return program;
    }

    @Override
    public void handOver(Path folder) {}
  }

  /** Root's own files, seen from a user namespace in which nobody is root. */
  record Namespace() implements Account {
    @Override
    public List<String> command(List<String> program) {
      return prepend(List.of("unshare", "-U"), program);
    }

    @Override
    public void handOver(Path folder) {}
  }

  /** An unprivileged account, which then owns the files. */
  record Other(String name, String uid, String gid) implements Account {
    @Override
    public List<String> command(List<String> program) {
      return prepend(
          List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups"), program);
    }

    @Override
    public void handOver(Path folder) {
      try {
        UserPrincipal owner =
            folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
            Files.setOwner(file, owner);
          }
        }
        letThrough(folder.resolveSibling(""));
      } catch (IOException e) {
        throw new StorageException(
            "The files in " + folder + " could not be handed to the account " + name + ": " + e, e);
      }
      if (output(command(List.of("ls", "-d", folder.toString()))).isEmpty()) {
        throw new StorageException(
            "Segue runs as root, so PostgreSQL runs as "
                + name
                + ", which can't reach "
                + folder
                + ". Choose a home folder outside of private folders such as /root, or run Segue"
                + " as a normal user.");
      }
    }

    /** Lets others pass through our own folder, without letting them list it. */
    private static void letThrough(Path parent) throws IOException {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(parent));
      if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
        Files.setPosixFilePermissions(parent, permissions);
      }
    }
  }

  private static List<String> prepend(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /** What a short command prints, or empty where it isn't there or fails. */
  private static Optional<String> output(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0
          ? Optional.of(text)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
