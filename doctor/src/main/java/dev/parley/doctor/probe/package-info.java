/** Asks a server one question each and returns what it saw. Every wait and every load has a limit; nothing is judged here. */
@NullMarked
package dev.parley.doctor.probe;

import org.jspecify.annotations.NullMarked;
