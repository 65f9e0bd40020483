package dev.segue.runtime.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of the SDK this host offers to plugins. */
public final class SdkVersion {

  private static final String RESOURCE = "sdk.properties";

  private SdkVersion() {}

  /**
   * Tells the version of the SDK. A snapshot counts as the release that it will become, so that
   * plugins for that release can be tried on it.
   *
   * @return a release version
   */
  public static SemanticVersion current() {
    Properties properties = new Properties();
    try (InputStream in = SdkVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the SDK runtime was built without " + RESOURCE);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SemanticVersion.parse(properties.getProperty("version")).release();
  }
}
