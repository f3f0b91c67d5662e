package dev.parley.doctor.rig;

import java.time.Duration;

/** What the scriptable proxy does wrong. */
public sealed interface Fault {

    /** Answers every upgrade itself, as Envoy does where WebSocket is not allowed. */
    record RefuseUpgrade(int status, String server) implements Fault {}

    /** Ends every request, and every connection, after this time, whatever passes. */
    record Limit(Duration length) implements Fault {}

    /** Agrees to the upgrade, then swallows what the server sends. */
    record EatFrames() implements Fault {}

    /** Changes a byte of binary frames. */
    record Corrupt() implements Fault {}

    /** Compresses every answer for who accepts that. */
    record Compress() implements Fault {}

    /** Holds the answers to GET back. */
    record Hold(Duration time) implements Fault {}

    /** Everything takes this much longer, each way. */
    record Delay(Duration oneWay) implements Fault {}

    /** Every so often nothing passes for a while, as after the loss of a segment. */
    record Stall(Duration every, Duration pause) implements Fault {}
}
