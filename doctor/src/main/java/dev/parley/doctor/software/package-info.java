/** Recognises software on the path of the requests and knows the settings for it. Findings stay outside. */
@NullMarked
package dev.parley.doctor.software;

import org.jspecify.annotations.NullMarked;
