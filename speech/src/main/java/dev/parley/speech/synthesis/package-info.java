/**
 * Text to sound: flite as bytecode, the better voices of an installed flite, and the cutting of an answer into sentences. When something
 * is said, and to whom, stays outside.
 */
@NullMarked
package dev.parley.speech.synthesis;

import org.jspecify.annotations.NullMarked;
