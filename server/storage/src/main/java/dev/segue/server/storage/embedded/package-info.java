/**
 * PostgreSQL as a child process, from published binaries: unpacked, set up, started, watched and
 * stopped. Knows how to run a server, nothing of what is stored in it.
 */
@NullMarked
package dev.segue.server.storage.embedded;

import org.jspecify.annotations.NullMarked;
