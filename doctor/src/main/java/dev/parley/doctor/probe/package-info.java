/** Probes that each measure one property of a server and return evidence, within limits of time and load. Conclusions stay outside. */
@NullMarked
package dev.parley.doctor.probe;

import org.jspecify.annotations.NullMarked;
