package dev.parley.doctor.rig;

import java.time.Duration;

/** The fault of a {@link FaultProxy}. */
public sealed interface ProxyFault {

    /** Refuses every upgrade, as Envoy does where WebSocket is not allowed. */
    record RefuseUpgrade(int status, String server) implements ProxyFault {}

    /** Closes every request and connection after this time, even with traffic. */
    record Limit(Duration length) implements ProxyFault {}

    /** Accepts the upgrade, then drops the frames of the server. */
    record EatFrames() implements ProxyFault {}

    /** Changes a byte of binary frames. */
    record Corrupt() implements ProxyFault {}

    /** Compresses every response for clients that accept it. */
    record Compress() implements ProxyFault {}

    /** Delays the responses to GET. */
    record Hold(Duration time) implements ProxyFault {}

    /** Delays all bytes, in each direction. */
    record Delay(Duration oneWay) implements ProxyFault {}

    /** Pauses periodically, as after the loss of a segment. */
    record Stall(Duration every, Duration pause) implements ProxyFault {}
}
