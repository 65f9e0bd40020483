package dev.segue.server.cli.nouns;

import dev.segue.runtime.check.PluginSignature;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Keys that sign plugins. */
@Command(name = "keys", description = "Keys that sign plugins, and those that are trusted.")
final class PluginKeysCommand {

  private final Session session;

  PluginKeysCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List the keys that the server trusts.")
  void list() {
    session
        .out()
        .list(
            session.api().listWhole(ApiPath.of("plugin-keys")),
            "No key is trusted. Add one with `segue plugins keys add FILE --name NAME`.",
            Column.of("KEY", "id"),
            Column.of("NAME", "name"),
            Column.of("ADDED BY", "addedBy"),
            Column.time("ADDED", "addedAt"));
  }

  @Command(name = "add", description = "Trust a public key.")
  void add(
      @Parameters(paramLabel = "FILE", description = "The public key in PEM.") Path file,
      @Option(names = "--name", required = true, description = "Whose key it is.") String name) {
    String pem;
    try {
      pem = PluginSignature.publicPem(PluginSignature.publicKey(read(file)));
    } catch (IllegalArgumentException e) {
      throw CliException.wrongUse(file + ": " + e.getMessage() + ".");
    }
    JsonNode made =
        session
            .api()
            .post(ApiPath.of("plugin-keys"), Json.object().put("name", name).put("publicKey", pem));
    session.out().done(made, "The key " + Json.text(made, "id") + " is trusted now.");
  }

  @Command(name = "remove", description = "Trust a key no more; what it signed stays installed.")
  void remove(@Parameters(paramLabel = "KEY") String key) {
    session.out().done(session.api().delete(ApiPath.of("plugin-keys", key)), "Removed.");
  }

  @Command(name = "new", description = "Make a key pair: NAME.key to sign with, NAME.pub to give.")
  void make(@Parameters(paramLabel = "NAME") Path name) {
    String keys = PluginSignature.newKeys();
    Path secret = name.resolveSibling(name.getFileName() + ".key");
    Path open = name.resolveSibling(name.getFileName() + ".pub");
    writeSecret(secret, keys);
    write(open, PluginSignature.publicPem(PluginSignature.publicKey(keys)));
    session
        .out()
        .line(
            "Wrote %s, which nobody else may get, and %s (key %s)."
                .formatted(secret, open, PluginSignature.keyId(PluginSignature.publicKey(keys))));
  }

  static String signed(Path key, byte[] zip) {
    try {
      return PluginSignature.sign(read(key), zip).toString();
    } catch (IllegalArgumentException e) {
      throw CliException.wrongUse(key + ": " + e.getMessage() + ".");
    }
  }

  static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw CliException.wrongUse("can't write " + file + ": " + e.getMessage());
    }
  }

  private static void writeSecret(Path file, String content) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, content, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw CliException.wrongUse("can't write " + file + ": " + e.getMessage());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw CliException.wrongUse("can't read " + file + ": " + e.getMessage());
    }
  }
}
