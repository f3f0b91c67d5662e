/** Who the assistant can be: reads personas from YAML files. What a conversation makes of one is in {@code voice.conversation}. */
@NullMarked
package dev.parley.app.persona;

import org.jspecify.annotations.NullMarked;
