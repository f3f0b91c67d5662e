/**
 * The command line, and the code that creates and connects the parts of a running Parley. The work of a part belongs in its own
 * package.
 */
@NullMarked
package dev.parley.app;

import org.jspecify.annotations.NullMarked;
