package dev.segue.server.plugins;

/** There is no such plugin version. */
public final class UnknownPluginException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnknownPluginException(String pluginId, String version) {
    super(
        "There is no version %s of a plugin '%s'. The list of plugins shows what is installed."
            .formatted(version, pluginId));
  }
}
