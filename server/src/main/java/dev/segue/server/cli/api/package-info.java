/**
 * The HTTP contract as a client sees it: requests, pages and failures. Knows neither terminals nor
 * where addresses and tokens come from.
 */
@NullMarked
package dev.segue.server.cli.api;

import org.jspecify.annotations.NullMarked;
