package dev.parley.site;

import dev.parley.server.http.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a proxy that forwards addresses and is not trusted, so that all its clients count as one. A public address is no such proxy: anybody can write these
 * headers. Safe from any event loop.
 */
public final class UntrustedProxy {

    private static final Logger LOG = LoggerFactory.getLogger(UntrustedProxy.class);
    private static final List<String> NEAR = List.of("loopback", "private", "link-local");

    private final TrustedProxies trusted;
    private volatile @Nullable String hint;

    public UntrustedProxy(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    /** Looks at a request. */
    void observe(HttpServerRequest request) {
        if (hint != null || !(request.headers().contains("X-Forwarded-For")
                || request.headers().contains("Forwarded"))) {
            return;
        }
        String peer = request.remoteAddress() == null ? ""
                : String.valueOf(request.remoteAddress().hostAddress());
        if (trusted.isTrusted(peer)) {
            return;
        }
        NEAR.stream()
                .filter(name -> TrustedProxies.of(List.of(name)).isTrusted(peer))
                .findFirst()
                .ifPresent(name -> {
                    String found = "A proxy at " + peer
                            + " forwards addresses of clients, but is not trusted, so that all its clients count as one. "
                            + "If it is yours, set --trusted-proxies " + name + ".";
                    hint = found;
                    LOG.warn("{}", found);
                });
    }

    /** Returns a sentence that says which proxy to trust, if there seems to be one. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }
}
