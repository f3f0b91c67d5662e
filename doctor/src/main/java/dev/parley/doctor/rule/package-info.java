/** From evidence to findings and a verdict: pure functions. Whoever measures or prints stays outside. */
@NullMarked
package dev.parley.doctor.rule;

import org.jspecify.annotations.NullMarked;
