/** Reads campaigns' results from the views of the schema {@code data}. */
@NullMarked
package dev.segue.plugins.campaignmodels.store;

import org.jspecify.annotations.NullMarked;
