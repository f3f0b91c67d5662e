/** Results of the probes, as values. Conclusions, I/O and clocks stay outside. */
@NullMarked
package dev.parley.doctor.evidence;

import org.jspecify.annotations.NullMarked;
