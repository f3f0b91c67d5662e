/**
 * All settings: their sources, types and checks. The effect of a setting stays in the package that uses it.
 */
@NullMarked
package dev.parley.settings;

import org.jspecify.annotations.NullMarked;
