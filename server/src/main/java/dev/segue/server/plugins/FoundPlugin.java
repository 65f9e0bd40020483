package dev.segue.server.plugins;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A zip in one of the folders.
 *
 * @param zip the file
 * @param source the kind of folder
 * @param staged the checked content; null if it was refused
 * @param refusal why it was refused; null if it wasn't
 */
record FoundPlugin(
    Path zip,
    PluginSource source,
    @Nullable StagedPlugin staged,
    @Nullable PluginRefusedException refusal) {

  String fileName() {
    return String.valueOf(zip.getFileName());
  }
}
