/** Vector files and their reader, for the codecs' tests. */
@NullMarked
package dev.parley.protocol;

import org.jspecify.annotations.NullMarked;
