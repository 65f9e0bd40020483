package dev.segue.server.cli.api;

import tools.jackson.databind.node.ArrayNode;

/**
 * What a list holds, from as many pages as were needed.
 *
 * @param items the entries, as the API gave them
 * @param more whether the server has further ones that were not asked for
 */
public record Listing(ArrayNode items, boolean more) {}
