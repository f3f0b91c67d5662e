/** What the probes saw, as values: no judgement, no I/O, no clock. */
@NullMarked
package dev.parley.doctor.evidence;

import org.jspecify.annotations.NullMarked;
