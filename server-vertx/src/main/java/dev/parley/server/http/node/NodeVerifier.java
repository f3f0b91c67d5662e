package dev.parley.server.http.node;

import java.util.List;
import java.util.Optional;

/**
 * Decides whether a request comes from a server of the cluster: its signature is valid, meant for this server, at most 30 s old or ahead in the cluster's time,
 * and has not come before. Safe from any thread.
 */
final class NodeVerifier {
    private static final long WINDOW_MILLIS = 30_000;

    private final String tag;
    private final NodeSignature signature;
    private final ReplayGuard seen = new ReplayGuard(2 * WINDOW_MILLIS);

    /** @param tag of this server */
    NodeVerifier(String tag, List<byte[]> secrets) {
        this.tag = tag;
        this.signature = new NodeSignature(secrets);
    }

    /**
     * Returns what the signature of a request says; empty if it is not valid.
     *
     * @param now the cluster's time, in milliseconds
     */
    Optional<NodeSignature.Fields> verify(String method, String uri, String header, long now) {
        return signature.verify(method, uri, header)
                .filter(fields -> fields.to().equals(tag))
                .filter(fields -> fields.time() >= now - WINDOW_MILLIS
                        && fields.time() <= now + WINDOW_MILLIS)
                .filter(fields -> seen.accept(fields.sender(), fields.number(), now));
    }

    /** Returns whether a request is signed, but for another server: this one has the address of one that has died. */
    boolean isForAnother(String method, String uri, String header) {
        return signature.verify(method, uri, header).filter(fields -> !fields.to().equals(tag)).isPresent();
    }
}
