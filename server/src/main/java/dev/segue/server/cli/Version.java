package dev.segue.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this command line. */
final class Version implements IVersionProvider {

  private static final String RESOURCE = "/segue-version.properties";

  /** The version, as the build wrote it down. */
  static String current() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "of an unknown version");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"segue " + current()};
  }
}
