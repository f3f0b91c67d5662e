/** Real servers, real proxies and real faults, for the doctor to find. */
@NullMarked
package dev.parley.doctor.rig;

import org.jspecify.annotations.NullMarked;
