/**
 * Who may come in: names of hosts, passwords, tokens, cookies, and the visitors that they stand for. What a visitor may use up is in {@code calls},
 * HTTP's routes are in {@code app.http}.
 */
@NullMarked
package dev.parley.app.auth;

import org.jspecify.annotations.NullMarked;
