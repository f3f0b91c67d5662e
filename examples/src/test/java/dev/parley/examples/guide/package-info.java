/** Tests of the code that the guide shows. */
@NullMarked
package dev.parley.examples.guide;

import org.jspecify.annotations.NullMarked;
