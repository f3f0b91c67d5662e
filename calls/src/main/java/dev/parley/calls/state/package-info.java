/**
 * The state of a call from which another server can go on with it: as a value, as bytes, and the seam to the place where it is kept. What
 * decides when it is written and taken is in the calls. Internal to this module and the application; may change at any time.
 */
@NullMarked
package dev.parley.calls.state;

import org.jspecify.annotations.NullMarked;
