/**
 * What plugin authors do on their own machine: make a project, check a zip, and work on it with a
 * server beside. The other commands on plugins are among the nouns.
 */
@NullMarked
package dev.segue.server.cli.authoring;

import org.jspecify.annotations.NullMarked;
