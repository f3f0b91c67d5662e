/**
 * Carries requests for sessions of other servers of a cluster to them, and receives such requests. Which server owns a session, and what is done with a request
 * here, belongs elsewhere.
 */
@NullMarked
package dev.parley.server.http.node;

import org.jspecify.annotations.NullMarked;
