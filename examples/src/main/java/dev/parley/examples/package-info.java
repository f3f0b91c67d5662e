/** Small servers that show the library: each a class with a main method. Anything that a product needs stays out. */
@NullMarked
package dev.parley.examples;

import org.jspecify.annotations.NullMarked;
