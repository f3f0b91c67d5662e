/**
 * The command line and the wiring by hand of everything a running Parley consists of. What one part does belongs in the part's own
 * package.
 */
@NullMarked
package dev.parley.app;

import org.jspecify.annotations.NullMarked;
