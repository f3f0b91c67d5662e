/** The application in a cluster: data that its servers share in Redis beside their rooms. Its use belongs to the packages that need it. */
@NullMarked
package dev.parley.app.cluster;

import org.jspecify.annotations.NullMarked;
