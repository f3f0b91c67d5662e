/**
 * What the admin page knows and may do: live connections and conversations, the last errors, the last hour, and who is let in. HTTP stays outside.
 */
@NullMarked
package dev.parley.app.admin;

import org.jspecify.annotations.NullMarked;
