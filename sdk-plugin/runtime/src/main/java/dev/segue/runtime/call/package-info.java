/**
 * The one place where a plugin's code is entered: with its class loader as context loader, under a
 * time limit, with whatever it throws turned into a value. What is called is not known here.
 */
@NullMarked
package dev.segue.runtime.call;

import org.jspecify.annotations.NullMarked;
