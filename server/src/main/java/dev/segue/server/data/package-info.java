/**
 * Business data: sites, catalogue, what workflows made of them, blobs, and what plugins may see and
 * change of it all. Knows neither runs nor plugins.
 */
@NullMarked
package dev.segue.server.data;

import org.jspecify.annotations.NullMarked;
