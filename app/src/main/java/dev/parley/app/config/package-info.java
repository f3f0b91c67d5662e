/**
 * Every setting, where it may come from, and how it is checked. What a setting then does stays with the package that uses it.
 */
@NullMarked
package dev.parley.app.config;

import org.jspecify.annotations.NullMarked;
