package dev.segue.server.steps;

/**
 * What a plugin version costs at a moment.
 *
 * @param plugin id and version, such as {@code bakery@1.4.0}
 * @param threads how many platform threads of its own run
 * @param cpuSeconds what those threads, and its running calls on platform threads, have computed
 * @param abandonedCalls how many calls heed no interrupt and are waited for no more
 */
public record PluginLoad(String plugin, int threads, double cpuSeconds, int abandonedCalls) {}
