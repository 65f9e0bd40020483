/**
 * Rehearsals: a workflow run for each of many past days, as of that day's data, applying nothing;
 * and what would have followed, where the business data can tell. The runs are simulated runs as
 * any other; what they may know is decided where data is read.
 */
@NullMarked
package dev.segue.server.rehearsals;

import org.jspecify.annotations.NullMarked;
