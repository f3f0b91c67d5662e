/** Reads and checks the personas of the assistant, which are YAML files. The use of a persona in a conversation stays outside. */
@NullMarked
package dev.parley.assistant.persona;

import org.jspecify.annotations.NullMarked;
