/** Tests of the client against the reference server and against answers that no Socket.IO server gives. */
@NullMarked
package dev.parley.client;

import org.jspecify.annotations.NullMarked;
