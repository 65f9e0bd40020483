/** A server with real HTTP and a real database for tests, and a client that knows the contract. */
@NullMarked
package dev.segue.server.testing;

import org.jspecify.annotations.NullMarked;
