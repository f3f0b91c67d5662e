/**
 * Plain HTTP: the page, health, lists, headers on every answer, one log line for every request. Socket.IO is mounted beside it and stays
 * in its own module.
 */
@NullMarked
package dev.parley.app.http;

import org.jspecify.annotations.NullMarked;
