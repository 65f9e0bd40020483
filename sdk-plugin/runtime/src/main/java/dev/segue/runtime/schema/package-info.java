/**
 * Records to JSON and back, and the JSON Schema that says what is allowed.
 *
 * <p>One small codec per Java type reads, writes and describes it, so that schema and binding can't
 * drift apart. No databind of a JSON library touches a plugin's class: its caches would keep the
 * plugin's class loader alive. Steps, plugins and their descriptors are in the package above.
 */
@NullMarked
package dev.segue.runtime.schema;

import org.jspecify.annotations.NullMarked;
