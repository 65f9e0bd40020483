package dev.segue.server.http;

/**
 * Where the HTTP server listens.
 *
 * @param host the address to bind to
 * @param port 0 for any free one
 */
public record ApiServerSettings(String host, int port) {}
