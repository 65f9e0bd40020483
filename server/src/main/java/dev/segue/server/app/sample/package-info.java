/**
 * The sample that a new home starts with: a pizza place with its sales, and one run that waits for
 * approval. A client of the API like any other, so that it shows what users can do themselves.
 */
@NullMarked
package dev.segue.server.app.sample;

import org.jspecify.annotations.NullMarked;
