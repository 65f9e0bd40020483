/** Menu engineering: items sorted by popularity and contribution margin. Values and arithmetic. */
@NullMarked
package dev.segue.plugins.menumodels.matrix;

import org.jspecify.annotations.NullMarked;
