/** The application in a cluster: what its servers share in Redis beside their rooms. What they do with it stays in the packages that need it. */
@NullMarked
package dev.parley.app.cluster;

import org.jspecify.annotations.NullMarked;
