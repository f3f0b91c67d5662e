/**
 * Where a connection and a conversation meet: one {@link Call} for each socket feeds the pure conversation and carries out what it
 * decides. How bytes travel, and what a conversation decides, stay outside.
 */
@NullMarked
package dev.parley.app.call;

import org.jspecify.annotations.NullMarked;
