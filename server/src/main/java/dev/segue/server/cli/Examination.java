package dev.segue.server.cli;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Texts;
import dev.segue.server.cli.session.HomeFolder;
import dev.segue.server.cli.session.ServerFile;
import dev.segue.server.cli.session.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The checks of {@code doctor}, from the machine up to the parts of the server. */
final class Examination {

  private static final int LEAST_JAVA = 21;
  private static final int STANDARD_PORT = 8585;
  private static final long MEGABYTE = 1024L * 1024;
  private static final long ENOUGH_MEGABYTES = 5_000;
  private static final long LEAST_MEGABYTES = 1_000;

  private final Session session;
  private final HomeFolder home;
  private final Optional<ServerFile> running;

  Examination(Session session) {
    this.session = session;
    this.home = session.home();
    this.running = home.runningServer();
  }

  List<Diagnosis> all() {
    List<Diagnosis> found = new ArrayList<>();
    found.add(java());
    found.add(homeFolder());
    found.add(rights());
    found.add(disk());
    found.add(process());
    if (running.isEmpty()) {
      found.add(port());
    } else {
      found.addAll(server());
    }
    return found;
  }

  private static Diagnosis java() {
    int version = Runtime.version().feature();
    String detail = Runtime.version() + " in " + System.getProperty("java.home");
    return version >= LEAST_JAVA
        ? Diagnosis.ok("Java", detail)
        : Diagnosis.fail("Java", detail, "Install Java 21 or newer, or set JAVA_HOME to it.");
  }

  private Diagnosis homeFolder() {
    Path existing = home.path();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return Diagnosis.fail(
          "Home folder",
          existing + " can't be written",
          "Make it writable for this account, or choose another one with --home or SEGUE_HOME.");
    }
    return Diagnosis.ok(
        "Home folder", home.path() + (Files.exists(home.path()) ? "" : " (will be made)"));
  }

  private Diagnosis rights() {
    List<String> open = new ArrayList<>();
    for (Path path :
        List.of(home.path(), home.tokenFile(), home.passwordFile(), home.serverFile())) {
      if (isOpenToOthers(path)) {
        open.add(path.toString());
      }
    }
    return open.isEmpty()
        ? Diagnosis.ok("Rights", "only the owner can read what is secret")
        : Diagnosis.fail(
            "Rights",
            "others can read " + String.join(", ", open),
            "chmod go= " + String.join(" ", open));
  }

  private static boolean isOpenToOthers(Path path) {
    try {
      Set<PosixFilePermission> rights =
          Files.exists(path) ? Files.getPosixFilePermissions(path) : Set.of();
      return rights.stream().anyMatch(right -> !right.name().startsWith("OWNER"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private Diagnosis disk() {
    Path existing = home.path();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace() / MEGABYTE;
      String detail = free + " MB free";
      String mend = "Free some space: the engine stops taking work when the disk is nearly full.";
      if (free < LEAST_MEGABYTES) {
        return Diagnosis.fail("Disk", detail, mend);
      }
      return free < ENOUGH_MEGABYTES
          ? Diagnosis.warn("Disk", detail, mend)
          : Diagnosis.ok("Disk", detail);
    } catch (IOException e) {
      return Diagnosis.warn("Disk", "can't be measured: " + e.getMessage(), "");
    }
  }

  private Diagnosis process() {
    if (running.isPresent()) {
      long children =
          running.get().process().map(process -> process.descendants().count()).orElse(0L);
      return Diagnosis.ok(
          "Process", "server %d with %d of its own".formatted(running.get().pid(), children));
    }
    return home.server().isPresent()
        ? Diagnosis.warn(
            "Process",
            "the last server ended without being stopped",
            "Start it again with `segue up`; it clears up what was left.")
        : Diagnosis.warn("Process", "no server is running", "Start it with `segue up`.");
  }

  private Diagnosis port() {
    int port = home.server().map(ServerFile::url).map(URI::getPort).orElse(STANDARD_PORT);
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return Diagnosis.ok("Port", port + " is free");
    } catch (IOException | IllegalArgumentException e) {
      return Diagnosis.warn(
          "Port",
          port + " is taken by another program",
          "End that program, or choose another port with `segue up --port N`.");
    }
  }

  private List<Diagnosis> server() {
    JsonNode status;
    try {
      status = session.api().get(ApiPath.of("status"));
    } catch (CliException e) {
      return List.of(
          Diagnosis.fail(
              "Server",
              Texts.clean(String.valueOf(e.getMessage())),
              "Look into " + home.logs() + ", or start it anew: `segue down`, `segue up`."));
    }
    List<Diagnosis> found = new ArrayList<>();
    found.add(version(Json.text(status, "version")));
    for (JsonNode part : status.path("components")) {
      String name = Texts.clean(Json.text(part, "name"));
      String detail = Texts.clean(Json.text(part, "state") + " " + Json.text(part, "detail"));
      found.add(
          Json.text(part, "state").equals("ready")
              ? Diagnosis.ok(name, detail)
              : Diagnosis.fail(name, detail, "Look into " + home.logs() + "."));
    }
    int alarms = status.path("openAlarms").asInt(0);
    found.add(
        alarms == 0
            ? Diagnosis.ok("Alarms", "none open")
            : Diagnosis.warn("Alarms", alarms + " open", "See `segue alarms list --open`."));
    return found;
  }

  private static Diagnosis version(String server) {
    String own = Version.current();
    return server.equals(own)
        ? Diagnosis.ok("Version", own)
        : Diagnosis.warn(
            "Version",
            "the server is %s, this command line %s".formatted(Texts.clean(server), own),
            "Restart the server, or use the command line that came with it.");
  }
}
