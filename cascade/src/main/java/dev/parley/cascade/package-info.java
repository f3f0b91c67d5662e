/**
 * A speech model that puts a language model between the embedded recogniser and voice: requests, history, tools and faults. Turn-taking,
 * recognition and synthesis are in {@code speech}.
 */
@NullMarked
package dev.parley.cascade;

import org.jspecify.annotations.NullMarked;
