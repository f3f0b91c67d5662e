package dev.parley.server.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose word is taken for where a request comes from. Anybody can write {@code X-Forwarded-For}; only what a trusted peer has added at its
 * end is believed. Immutable.
 */
public final class TrustedProxies {
    private static final int LONGEST_HEADER = 2_000;
    private static final List<String> PRIVATE = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
            "100.64.0.0/10", "fc00::/7");

    /** Nobody: the peer is the client. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<AddressRange> ranges;

    private TrustedProxies(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Reads a list of them.
     *
     * @param names addresses, ranges like {@code 10.0.0.0/8}, or {@code loopback}, {@code link-local}, {@code private}
     * @throws IllegalArgumentException naming the first that is none of these
     */
    public static TrustedProxies of(List<String> names) {
        var ranges = new ArrayList<AddressRange>();
        for (String name : names) {
            switch (name) {
                case "loopback" ->
                    List.of("127.0.0.0/8", "::1").forEach(each -> ranges.add(AddressRange.parse(each)));
                case "link-local" -> List.of("169.254.0.0/16", "fe80::/10")
                        .forEach(each -> ranges.add(AddressRange.parse(each)));
                case "private" -> PRIVATE.forEach(each -> ranges.add(AddressRange.parse(each)));
                default -> ranges.add(AddressRange.parse(name));
            }
        }
        return new TrustedProxies(ranges);
    }

    /** The client's address: of those that the headers name the last that is not a trusted proxy's, or the peer's. */
    public String client(HttpServerRequest request) {
        return client(peer(request), String.join(",", request.headers().getAll("X-Forwarded-For")));
    }

    /** Whether the client speaks TLS, to us or to a trusted proxy. */
    public boolean secure(HttpServerRequest request) {
        if (request.isSSL()) {
            return true;
        }
        String schemes = String.join(",", request.headers().getAll("X-Forwarded-Proto"));
        String last = schemes.substring(schemes.lastIndexOf(',') + 1).strip();
        return last.equalsIgnoreCase("https") && trusts(peer(request));
    }

    /** As {@link #client(HttpServerRequest)}, of the peer's address and the header's values. */
    public String client(String peer, String forwardedFor) {
        if (ranges.isEmpty() || forwardedFor.isEmpty() || forwardedFor.length() > LONGEST_HEADER
                || !trusts(peer)) {
            return peer;
        }
        String client = peer;
        String[] hops = forwardedFor.split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            Optional<String> hop = AddressRange.address(hops[i].strip());
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get();
            if (!trusts(client)) {
                return client;
            }
        }
        return client;
    }

    private boolean trusts(String address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static String peer(HttpServerRequest request) {
        var address = request.remoteAddress();
        return address == null ? "" : String.valueOf(address.hostAddress());
    }
}
