/** The cases of the doctor: real software and misbehaving boxes, with expectations (src/test/cases/cases.txt). See build/doctor-cases. */
@NullMarked
package dev.parley.doctor.cases;

import org.jspecify.annotations.NullMarked;
