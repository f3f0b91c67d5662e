package dev.parley.talk;

import java.time.Duration;
import java.util.Optional;

/**
 * How a conversation travelled, as a report shows it.
 *
 * @param transport      in use at the end
 * @param first          in use at the beginning
 * @param connect        from the first request to the namespace's welcome
 * @param upgraded       when the WebSocket took over, from the first request on
 * @param upgradeFailure why it could not; empty if it did or was not tried
 */
record Connection(String transport, String first, Duration connect, Optional<Duration> upgraded,
        String upgradeFailure) {}
