/**
 * A stand-in for Amazon Bedrock's bidirectional stream of Nova Sonic, to be talked to where there is no account: HTTP/2, event-stream frames,
 * signatures, the order of events, and faults on demand. It shares no code with the client that it tests but the events themselves.
 */
@NullMarked
package dev.parley.emulator;

import org.jspecify.annotations.NullMarked;
