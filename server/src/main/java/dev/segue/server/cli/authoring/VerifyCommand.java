package dev.segue.server.cli.authoring;

import dev.segue.runtime.check.Finding;
import dev.segue.runtime.check.Finding.Severity;
import dev.segue.runtime.check.PluginSignature;
import dev.segue.runtime.check.PluginVerifier;
import dev.segue.runtime.check.PluginVerifier.Build;
import dev.segue.runtime.check.Verification;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.session.Session;
import dev.segue.server.plugins.PluginManifest;
import dev.segue.server.plugins.PluginRefusedException;
import dev.segue.server.plugins.UnpackedPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies a plugin's zip without a server. */
@Command(
    name = "verify",
    description = {
      "Verify a plugin's zip without a server: what servers refuse, what does harm,",
      "which version its changes ask for, and which licences it brings.",
      "The exit code is 1 if there is an error."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  segue plugins verify target/bakery-0.2.0.zip",
      "  segue plugins verify bakery-0.2.0.zip --previous bakery-0.1.0.zip --key bakery.pub"
    })
final class VerifyCommand implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "ZIP", description = "The plugin.")
  private Path zip = Path.of("");

  @Option(
      names = "--previous",
      paramLabel = "ZIP",
      description = "The version before, to tell which version the changes ask for.")
  private @Nullable Path previous;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The public key that has to have signed it, as `plugins keys new` makes it.")
  private @Nullable Path key;

  VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Finding signature =
        PluginVerifier.signature(content(zip), signatureOf(zip), key == null ? null : key(key));
    VerifyPage page = new VerifyPage(session.out(), zip, signature);
    long errors;
    try (UnpackedPlugin plugin = UnpackedPlugin.of(zip)) {
      Verification found = verify(plugin);
      page.show(plugin, found);
      errors = found.count(Severity.ERROR);
    } catch (PluginRefusedException e) {
      page.refused(String.valueOf(e.getMessage()));
      errors = 1;
    } catch (IOException e) {
      throw CliException.failed(zip + " can't be verified: " + e.getMessage(), e);
    }
    boolean bad = errors > 0 || signature.severity() == Severity.ERROR;
    return bad ? CliException.FAILED : 0;
  }

  private Verification verify(UnpackedPlugin plugin) throws IOException {
    if (previous == null) {
      return PluginVerifier.verify(build(plugin), null);
    }
    content(previous);
    try (UnpackedPlugin before = UnpackedPlugin.of(previous)) {
      return PluginVerifier.verify(build(plugin), build(before));
    } catch (PluginRefusedException e) {
      throw CliException.wrongUse("--previous is no plugin: " + e.getMessage());
    }
  }

  private static Build build(UnpackedPlugin plugin) throws IOException {
    PluginManifest manifest = plugin.manifest();
    return new Build(
        manifest.id(),
        manifest.version(),
        manifest.pluginClass(),
        manifest.license(),
        plugin.classes(),
        plugin.jars());
  }

  private static @Nullable String signatureOf(Path zip) {
    Path file = zip.resolveSibling(zip.getFileName() + ".sig");
    return Files.exists(file) ? text(file) : null;
  }

  private static PublicKey key(Path file) {
    try {
      return PluginSignature.publicKey(text(file));
    } catch (IllegalArgumentException e) {
      throw CliException.wrongUse(file + ": " + e.getMessage() + ".");
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CliException.wrongUse("can't read " + file + ": " + e.getMessage());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw CliException.wrongUse("can't read " + file + ": " + e.getMessage());
    }
  }
}
