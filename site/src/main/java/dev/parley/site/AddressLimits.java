package dev.parley.site;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.Handshake;
import dev.parley.server.ServerListener;
import dev.parley.server.engine.ClientNetwork;
import dev.parley.settings.Settings;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handshakes and sessions of one address (of IPv6, one /64), behind trusted proxies the forwarded one. Remembers the rates of {@value #ADDRESSES}
 * addresses; then the one that was here longest ago is forgotten. Safe from any event loop.
 */
public final class AddressLimits implements ServerListener {

    private static final Logger LOG = LoggerFactory.getLogger(AddressLimits.class);
    static final int ADDRESSES = 10_000;
    /** How long a client waits that has too many sessions. */
    private static final Duration SESSIONS_WAIT = Duration.ofSeconds(5);
    private static final Duration HANDSHAKES_WAIT = Duration.ofSeconds(1);

    private final Settings.Visits limits;
    private final LineLimit lines;
    private final Supplier<Optional<String>> hint;
    private final ConcurrentMap<String, String> networks = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Integer> sessions = new ConcurrentHashMap<>();
    private final Map<String, Bucket> handshakes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES;
        }
    };

    /** @param hint a sentence about a proxy that is not trusted, if there seems to be one */
    public AddressLimits(Settings.Visits limits, LineLimit lines, Supplier<Optional<String>> hint) {
        this.limits = limits;
        this.lines = lines;
        this.hint = hint;
    }

    /** Returns how long a client of this address has to wait for a handshake; empty if it need not. */
    public Optional<Duration> check(String address) {
        String network = ClientNetwork.of(address);
        if (limits.sessions() > 0 && sessions.getOrDefault(network, 0) >= limits.sessions()) {
            refused(address, "sessions");
            return Optional.of(SESSIONS_WAIT);
        }
        if (limits.handshakes() > 0 && !bucket(network).tryConsume(1)) {
            refused(address, "handshakes");
            return Optional.of(HANDSHAKES_WAIT);
        }
        return Optional.empty();
    }

    private Bucket bucket(String network) {
        synchronized (handshakes) {
            return handshakes.computeIfAbsent(network,
                    any -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(limits.handshakes())
                                    .refillGreedy(limits.handshakes(), Duration.ofSeconds(1)))
                            .build());
        }
    }

    private void refused(String address, String what) {
        if (lines.passes("too many " + what)) {
            var line = LOG.atWarn().addKeyValue("remote", address).addKeyValue("what", what);
            hint.get()
                    .ifPresentOrElse(cause -> line.addKeyValue("cause", cause).log("an address has too many"),
                            () -> line.log("an address has too many"));
        }
    }

    @Override
    public void opened(String connection, TransportKind transport, Handshake handshake) {
        String network = ClientNetwork.of(handshake.address());
        networks.put(connection, network);
        sessions.merge(network, 1, Integer::sum);
    }

    @Override
    public void closed(String connection, TransportKind transport, CloseReason reason, Duration lifetime) {
        String network = networks.remove(connection);
        if (network != null) {
            sessions.computeIfPresent(network,
                    (key, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        }
    }
}
