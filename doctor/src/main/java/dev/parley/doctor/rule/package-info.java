/** Pure functions from evidence to findings and a verdict. Measurements and output stay outside. */
@NullMarked
package dev.parley.doctor.rule;

import org.jspecify.annotations.NullMarked;
