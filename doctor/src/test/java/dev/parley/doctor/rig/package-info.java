/** Integration tests of the doctor with real servers, proxies and faults. Tests of single classes stay in their packages. */
@NullMarked
package dev.parley.doctor.rig;

import org.jspecify.annotations.NullMarked;
