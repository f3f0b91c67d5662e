/**
 * Converts text to sound: flite as bytecode, and the better voices of an installed flite. It also cuts an answer into sentences. The
 * decision when something is said, and to whom, stays outside.
 */
@NullMarked
package dev.parley.speech.synthesis;

import org.jspecify.annotations.NullMarked;
