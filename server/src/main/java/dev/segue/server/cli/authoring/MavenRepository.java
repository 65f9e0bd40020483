package dev.segue.server.cli.authoring;

import dev.segue.server.cli.api.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder where Maven on this machine finds artifacts. Our SDK comes with the distribution, as a
 * folder of the same layout, and is copied there before a project needs it.
 *
 * @param folder may not exist yet
 */
record MavenRepository(Path folder) {

  private static final Pattern LOCAL =
      Pattern.compile("<localRepository>\\s*([^<]+?)\\s*</localRepository>");
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

  /**
   * Finds it as Maven does: by the user's {@code settings.xml}, else in {@code .m2}.
   *
   * @param given what the command line says; null for nothing
   * @param home the user's home folder
   */
  static MavenRepository find(@Nullable Path given, Path home) {
    if (given != null) {
      return new MavenRepository(given);
    }
    Path maven = home.resolve(".m2");
    Path settings = maven.resolve("settings.xml");
    try {
      String text = Files.exists(settings) ? Files.readString(settings) : "";
      Matcher named = LOCAL.matcher(COMMENT.matcher(text).replaceAll(""));
      if (named.find()) {
        return new MavenRepository(
            Path.of(named.group(1).replace("${user.home}", home.toString())));
      }
    } catch (IOException e) {
      throw CliException.failed(
          "%s can't be read (%s). Name Maven's repository with --maven-repository."
              .formatted(settings, e.getMessage()),
          e);
    }
    return new MavenRepository(maven.resolve("repository"));
  }

  /**
   * Copies an SDK to where Maven finds it.
   *
   * @param sdk a folder in the layout of a Maven repository
   * @return how many files were new or different
   */
  int take(Path sdk) {
    try (Stream<Path> files = Files.walk(sdk)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      int taken = 0;
      for (Path file : all) {
        taken += take(file, folder.resolve(sdk.relativize(file))) ? 1 : 0;
      }
      return taken;
    } catch (IOException e) {
      throw CliException.failed(
          "the SDK can't be copied into Maven's repository %s (%s). Make it writable for your account."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** In one move, because Maven may be at work. */
  private static boolean take(Path file, Path target) throws IOException {
    if (Files.exists(target) && Files.mismatch(file, target) < 0) {
      return false;
    }
    Files.createDirectories(target.getParent());
    Path next = Files.createTempFile(target.getParent(), "segue-", ".part");
    Files.copy(file, next, StandardCopyOption.REPLACE_EXISTING);
    Files.move(next, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }
}
