/**
 * The whole system as its users meet it: started by its script, driven through its command line and
 * its HTTP interface, killed without warning. Knows nothing of the server's classes.
 */
@NullMarked
package dev.segue.deploy;

import org.jspecify.annotations.NullMarked;
