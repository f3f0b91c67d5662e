/** Holds the packet encodings other than the default one of {@code protocol}. The meaning of packets stays outside. */
@NullMarked
package dev.parley.server.parser;

import org.jspecify.annotations.NullMarked;
