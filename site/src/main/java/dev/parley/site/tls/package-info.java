/** The server's certificate: PEM files, read again when they change. */
@NullMarked
package dev.parley.site.tls;

import org.jspecify.annotations.NullMarked;
