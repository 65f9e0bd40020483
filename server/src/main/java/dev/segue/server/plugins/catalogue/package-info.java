/**
 * Catalogues: places where others offer plugins. Reads and checks their signed lists, searches
 * them, and fetches what somebody picks. Installing is the business of the package above.
 */
@NullMarked
package dev.segue.server.plugins.catalogue;

import org.jspecify.annotations.NullMarked;
