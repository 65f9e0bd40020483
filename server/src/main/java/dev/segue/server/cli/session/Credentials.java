package dev.segue.server.cli.session;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokens of servers elsewhere, by address, in a file that only its owner can read; it also
 * knows to which server one signed in last.
 */
public final class Credentials {

  private static final String SERVERS = "servers";
  private static final String LAST = "last";

  private final Path file;

  /** Keeps them in the user's configuration folder. */
  public Credentials(Map<String, String> environment) {
    this(folder(environment).resolve("segue").resolve("credentials.json"));
  }

  private Credentials(Path file) {
    this.file = file;
  }

  private static Path folder(Map<String, String> environment) {
    String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
    if (!configured.isEmpty()) {
      return Path.of(configured);
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
    return Path.of(home, ".config");
  }

  /** Where they are kept. */
  public Path file() {
    return file;
  }

  /** What is kept for a server: {@code token}, {@code tokenId} and {@code username}. */
  public Optional<JsonNode> of(URI server) {
    return Optional.of(read().path(SERVERS).path(key(server))).filter(JsonNode::isObject);
  }

  /** The server to which one signed in last. */
  public Optional<URI> last() {
    return Optional.of(Json.text(read(), LAST)).filter(url -> !url.isEmpty()).map(URI::create);
  }

  /** Keeps a token. */
  public void put(URI server, ObjectNode entry) {
    ObjectNode all = read();
    all.withObject("/" + SERVERS).set(key(server), entry);
    all.put(LAST, key(server));
    write(all);
  }

  /** Forgets a server. */
  public void remove(URI server) {
    ObjectNode all = read();
    all.withObject("/" + SERVERS).remove(key(server));
    if (Json.text(all, LAST).equals(key(server))) {
      all.remove(LAST);
    }
    write(all);
  }

  private static String key(URI server) {
    return server.toString().replaceAll("/+$", "");
  }

  private ObjectNode read() {
    if (!Files.exists(file)) {
      return Json.object();
    }
    try {
      return Json.parse(Files.readString(file))
          .filter(JsonNode::isObject)
          .map(JsonNode::asObject)
          .orElseThrow(
              () ->
                  CliException.failed(
                      file + " is damaged. Delete it and sign in again with `segue login URL`."));
    } catch (IOException e) {
      throw CliException.failed(file + " can't be read. Make it readable for your account.", e);
    }
  }

  private void write(ObjectNode all) {
    FileAttribute<Set<java.nio.file.attribute.PosixFilePermission>> ownersFile =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.deleteIfExists(next);
      Files.createFile(next, ownersFile);
      Files.writeString(next, Json.pretty(all) + "\n");
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      throw CliException.failed(
          next + " appeared meanwhile: another sign-in is under way. Try again.", e);
    } catch (IOException e) {
      throw CliException.failed(
          "%s can't be written (%s). Make its folder writable for your account."
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
