/**
 * Requests and Engine.IO sessions with one server, within the limits of a plan. The choice of requests and the meaning of responses stay
 * outside.
 */
@NullMarked
package dev.parley.doctor.session;

import org.jspecify.annotations.NullMarked;
