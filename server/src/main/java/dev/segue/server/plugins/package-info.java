/**
 * The plugin host: takes plugin zips in, refuses bad ones with one clear message, loads each
 * version behind its own class loader, and knows which version serves which step type.
 *
 * <p>PF4J is not visible outside. How a job reaches a step is not known here; see {@code steps}.
 */
@NullMarked
package dev.segue.server.plugins;

import org.jspecify.annotations.NullMarked;
