/**
 * How the file of one till system is to be read: which heading means what, how numbers and times
 * are written, and what a line of it says about a sale.
 *
 * <p>Pure: neither files nor the database appear here.
 */
@NullMarked
package dev.segue.plugins.posfiles.layout;

import org.jspecify.annotations.NullMarked;
