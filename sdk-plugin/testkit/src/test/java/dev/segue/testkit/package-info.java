/** Tests of the testkit: what a sound plugin passes, a broken one fails. */
@NullMarked
package dev.segue.testkit;

import org.jspecify.annotations.NullMarked;
