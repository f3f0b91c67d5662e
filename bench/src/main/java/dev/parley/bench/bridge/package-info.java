/**
 * Measures the cost of the bridge to Nova Sonic: conversations through the AWS SDK to an emulator in a process of its own. Other loads
 * stay outside.
 */
@NullMarked
package dev.parley.bench.bridge;

import org.jspecify.annotations.NullMarked;
