/**
 * HTTP without Socket.IO: the page, health, lists, response headers, and one log line per request. Socket.IO stays in its own module.
 */
@NullMarked
package dev.parley.site;

import org.jspecify.annotations.NullMarked;
