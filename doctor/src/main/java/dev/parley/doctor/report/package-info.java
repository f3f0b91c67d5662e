/** Shows a report: as text, as JSON, as a page. It measures and judges nothing. */
@NullMarked
package dev.parley.doctor.report;

import org.jspecify.annotations.NullMarked;
