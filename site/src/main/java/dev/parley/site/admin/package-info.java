/**
 * The state and the actions of the admin page: open connections and conversations, the last errors, the last hour, and logins.
 * HTTP stays outside.
 */
@NullMarked
package dev.parley.site.admin;

import org.jspecify.annotations.NullMarked;
