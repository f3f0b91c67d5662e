/**
 * Responses: their statuses and headers, compression, and the timeout for clients that do not read them. Requests are read elsewhere.
 *
 * <p>Internal to this module, and public for its other packages only: it may change in any release.
 */
@NullMarked
package dev.parley.server.http.response;

import org.jspecify.annotations.NullMarked;
