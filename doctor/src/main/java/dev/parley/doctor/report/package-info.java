/** Formats reports as text, JSON and HTML, without secrets. Measurements and conclusions stay outside. */
@NullMarked
package dev.parley.doctor.report;

import org.jspecify.annotations.NullMarked;
