/** What the bridge to Nova Sonic costs: conversations through the AWS SDK to the stand-in, which runs in a process of its own. */
@NullMarked
package dev.parley.bench.bridge;

import org.jspecify.annotations.NullMarked;
