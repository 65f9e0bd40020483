/**
 * The command line: starting and stopping a server, signing in, and the tree of commands. All other
 * commands are in {@code nouns}. Client commands speak the HTTP contract alone and load no class of
 * the server; only {@code up} goes through {@link dev.segue.server.cli.ServerLauncher}.
 */
@NullMarked
package dev.segue.server.cli;

import org.jspecify.annotations.NullMarked;
