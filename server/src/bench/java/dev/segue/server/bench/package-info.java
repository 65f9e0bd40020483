/**
 * Measures what Segue adds to the process engine: the same process, served by Segue and by a bare
 * client worker, on the same broker and in turns. Wires a server's parts by hand, without its
 * doors; nothing of it is part of the product.
 */
@NullMarked
package dev.segue.server.bench;

import org.jspecify.annotations.NullMarked;
