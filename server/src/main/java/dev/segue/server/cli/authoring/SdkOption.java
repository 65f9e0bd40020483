package dev.segue.server.cli.authoring;

import dev.segue.server.cli.session.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Maven finds the SDK, and how it comes there. */
final class SdkOption {

  @Option(
      names = "--maven-repository",
      paramLabel = "DIR",
      description = {
        "Maven's local repository; the one of your settings.xml, or",
        "~/.m2/repository, unless given. The SDK is put there if it lacks."
      })
  private @Nullable Path repository;

  /** As given; null for Maven's own choice. */
  @Nullable Path repository() {
    return repository == null ? null : repository.toAbsolutePath().normalize();
  }

  /** Puts the SDK that came with this command line to where Maven finds it. */
  void provide(Session session) {
    String distribution = System.getProperty("segue.dist", "");
    Path sdk = Path.of(distribution, "sdk");
    if (distribution.isEmpty() || !Files.isDirectory(sdk)) {
      session
          .out()
          .remark("this command line comes without the SDK, so Maven has to find it elsewhere.");
      return;
    }
    MavenRepository maven =
        MavenRepository.find(repository(), Path.of(System.getProperty("user.home")));
    if (maven.take(sdk) > 0) {
      session.out().remark("put the plugin SDK into " + maven.folder());
    }
  }
}
