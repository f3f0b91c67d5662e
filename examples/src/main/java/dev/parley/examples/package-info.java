/** Small servers that show the library: each is a class with a main method. Features of a product stay out. */
@NullMarked
package dev.parley.examples;

import org.jspecify.annotations.NullMarked;
