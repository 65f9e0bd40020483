package dev.segue.server.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt of a step may do with data.
 *
 * @param pluginId whose schema and roles to use
 * @param readOnly whether writing is refused
 * @param asOf up to when things are known; null for the present
 * @param knowledge what counts as known by then
 * @param deadline when statements are cut off
 */
public record PluginDataRequest(
    String pluginId,
    boolean readOnly,
    @Nullable Instant asOf,
    Knowledge knowledge,
    Instant deadline) {

  /** Of what was recorded by then. */
  public PluginDataRequest(
      String pluginId, boolean readOnly, @Nullable Instant asOf, Instant deadline) {
    this(pluginId, readOnly, asOf, Knowledge.RECORDED, deadline);
  }
}
