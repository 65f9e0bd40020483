/** What a command prints: tables and words for people, JSON for programs. Does no other I/O. */
@NullMarked
package dev.segue.server.cli.output;

import org.jspecify.annotations.NullMarked;
