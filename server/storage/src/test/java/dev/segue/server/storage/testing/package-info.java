/** A PostgreSQL for tests of any module: started once per JVM, a fresh database on request. */
@NullMarked
package dev.segue.server.storage.testing;

import org.jspecify.annotations.NullMarked;
