/** Requests and Engine.IO sessions with one server, within the limits of a plan. What is asked and what it means stays outside. */
@NullMarked
package dev.parley.doctor.session;

import org.jspecify.annotations.NullMarked;
