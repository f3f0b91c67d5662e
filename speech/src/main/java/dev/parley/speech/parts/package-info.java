/** Locates the model files and checks that they are present and undamaged. Their content stays outside. */
@NullMarked
package dev.parley.speech.parts;

import org.jspecify.annotations.NullMarked;
