package dev.segue.server.cli.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An answer that may be edited and sent back.
 *
 * @param body the answer
 * @param etag by which the server knows this state, or null if it gave none
 */
public record ApiAnswer(JsonNode body, @Nullable String etag) {}
