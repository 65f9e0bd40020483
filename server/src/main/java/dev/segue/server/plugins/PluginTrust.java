package dev.segue.server.plugins;

/** Why a plugin version may run here; decided when it is installed, and kept. */
public sealed interface PluginTrust {

  /**
   * A trusted key has signed its zip.
   *
   * @param keyId the key's id at that time
   * @param keyName whose key it was
   */
  record SignedBy(String keyId, String keyName) implements PluginTrust {}

  /**
   * It isn't signed, and somebody took it all the same.
   *
   * @param name a user, or {@link #FOLDER}
   */
  record AllowedBy(String name) implements PluginTrust {}

  /** It came with Segue, or was installed by a Segue that didn't note it. */
  record Unrecorded() implements PluginTrust {}

  /** Who allows an unsigned zip in the plugins folder: whoever may write there. */
  String FOLDER = "the owner of the plugins folder";

  /** In words; empty if nothing is recorded. */
  default String inWords() {
    return switch (this) {
      case SignedBy signed -> "signed by %s (key %s)".formatted(signed.keyName(), signed.keyId());
      case AllowedBy allowed -> "unsigned, allowed by " + allowed.name();
      case Unrecorded none -> "";
    };
  }
}
