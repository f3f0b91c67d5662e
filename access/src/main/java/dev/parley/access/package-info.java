/**
 * Who may come in: names of hosts, passwords, tokens, cookies, and the visitors that they stand for. What a visitor may use up is in {@code calls},
 * HTTP's routes are in {@code site}.
 */
@NullMarked
package dev.parley.access;

import org.jspecify.annotations.NullMarked;
