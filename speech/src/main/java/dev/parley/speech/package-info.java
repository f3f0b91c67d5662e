/**
 * Implements the embedded model behind the seam of {@code voice}: its streams, their threads and clocks. Recognition, turn-taking and
 * synthesis are in the packages below; the replies come from the dialogue of the module {@code assistant}.
 */
@NullMarked
package dev.parley.speech;

import org.jspecify.annotations.NullMarked;
