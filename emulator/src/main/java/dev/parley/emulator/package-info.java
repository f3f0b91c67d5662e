/**
 * Emulates Amazon Bedrock's bidirectional stream of Nova Sonic, for use without an AWS account. Covers HTTP/2, event-stream frames,
 * signatures, the order of events, and faults on demand. It shares no code with the client that it tests, except the events.
 */
@NullMarked
package dev.parley.emulator;

import org.jspecify.annotations.NullMarked;
