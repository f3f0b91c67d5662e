/**
 * The bench: which scenarios there are, against whom they run, and the table they end in. How load is made stays in {@code driver}, and
 * what the servers do in {@code server}.
 */
@NullMarked
package dev.parley.bench;

import org.jspecify.annotations.NullMarked;
