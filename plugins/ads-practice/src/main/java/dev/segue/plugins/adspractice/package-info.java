/**
 * Reads and changes campaigns at the practice ad platform. A plugin for a real platform has the
 * same steps with the same inputs and outputs.
 */
@NullMarked
package dev.segue.plugins.adspractice;

import org.jspecify.annotations.NullMarked;
