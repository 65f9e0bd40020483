/** The commands on the API's resources, one class for each noun, one method for each verb. */
@NullMarked
package dev.segue.server.cli.nouns;

import org.jspecify.annotations.NullMarked;
