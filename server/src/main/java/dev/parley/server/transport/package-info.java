/**
 * The entrance of the server for HTTP engines and test tools. Applications do not need it, and HTTP itself stays out.
 */
@NullMarked
package dev.parley.server.transport;

import org.jspecify.annotations.NullMarked;
