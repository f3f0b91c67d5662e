package dev.parley.talk;

import java.time.Duration;
import java.util.Optional;

/**
 * The transports of a conversation, and the times of connecting.
 *
 * @param transport      the transport at the end
 * @param first          the transport at the start
 * @param connect        time from the first request to the CONNECT reply of the namespace
 * @param upgraded       time from the first request to the upgrade
 * @param upgradeFailure why the upgrade failed; empty if it succeeded or was not tried
 * @param resumptions    how often the conversation went on after its connection was lost
 */
record ConnectionReport(String transport, String first, Duration connect, Optional<Duration> upgraded,
        String upgradeFailure, int resumptions) {}
