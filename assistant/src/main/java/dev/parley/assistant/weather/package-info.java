/**
 * The weather tool and the client of its web service. The wording of an answer stays outside.
 */
@NullMarked
package dev.parley.assistant.weather;

import org.jspecify.annotations.NullMarked;
