/**
 * The embedded model behind the seam of {@code voice}: its streams, their threads and clocks. What is heard, decided and spoken is in the
 * packages below.
 */
@NullMarked
package dev.parley.speech;

import org.jspecify.annotations.NullMarked;
