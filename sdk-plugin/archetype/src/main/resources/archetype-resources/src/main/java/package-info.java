/** The plugin {@code ${artifactId}}: its steps and its connections. */
@NullMarked
package ${package};

import org.jspecify.annotations.NullMarked;
