/**
 * What a plugin compiles against: steps, change steps, connections, metric sources, and what the
 * host hands to them.
 *
 * <p>Plain Java only. No engine, JSON, HTTP server or framework type appears here, and the package
 * depends on nothing but JSpecify and the SLF4J API.
 */
@NullMarked
package dev.segue.sdk;

import org.jspecify.annotations.NullMarked;
