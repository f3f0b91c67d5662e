package dev.parley.server.http;

import dev.parley.server.http.header.AddressRange;
import dev.parley.server.http.header.Authority;
import dev.parley.server.http.header.Forwarded;
import dev.parley.server.http.header.ListHeader;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that are believed about a request's client address, host and scheme. Anybody can write {@code
 * X-Forwarded-For}, {@code -Host}, {@code -Proto}, {@code -Port} and {@code Forwarded}; only the values that trusted peers added are
 * believed. Where a request has both, the {@code X-} headers go first. Immutable.
 */
public final class TrustedProxies {
    private static final int LONGEST_HEADER = 2_000;
    private static final List<String> PRIVATE = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
            "100.64.0.0/10", "fc00::/7");

    /** Trusts no proxy: the peer is the client. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<AddressRange> ranges;

    /**
     * A request as the outermost trusted proxy received it.
     *
     * @param host   null when none says
     * @param secure whether it came over TLS; false also when none says
     * @param port   on which it came; negative when none says
     */
    record Forwarding(@Nullable Authority host, boolean secure, int port) {
        static final Forwarding NOTHING = new Forwarding(null, false, -1);
    }

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
        String peer = peer(request);
        if (ranges.isEmpty() || !trusts(peer)) {
            return peer;
        }
        String forwardedFor = ListHeader.joined(request.headers(), "X-Forwarded-For");
        if (forwardedFor != null) {
            return client(peer, forwardedFor);
        }
        return client(peer, Forwarded.of(request.headers()).stream().map(Forwarded::node).toList());
    }

    /** Returns whether the request comes from one of these proxies, so that what it says of its client is believed. */
    public boolean trusts(HttpServerRequest request) {
        return !ranges.isEmpty() && trusts(peer(request));
    }

    /** Returns whether the client uses TLS, to this server or to a trusted proxy. */
    public boolean secure(HttpServerRequest request) {
        return request.isSSL() || forwarding(request).secure();
    }

    /** Returns what trusted proxies say of the request as the outermost of them received it. */
    Forwarding forwarding(HttpServerRequest request) {
        if (ranges.isEmpty() || !trusts(peer(request))) {
            return Forwarding.NOTHING;
        }
        var headers = request.headers();
        var forwarded = Forwarded.of(headers);
        String clients = ListHeader.joined(headers, "X-Forwarded-For");
        int hops = hops(clients == null ? forwarded.stream().map(Forwarded::node).toList() : chain(clients));
        String host = element(headers, "X-Forwarded-Host", hops);
        String proto = element(headers, "X-Forwarded-Proto", hops);
        int outermost = Math.max(0, forwarded.size() - hops);
        // A proxy that says nothing of it has passed on what the one behind it was told.
        var said = forwarded.subList(Math.min(outermost, forwarded.size()), forwarded.size());
        return new Forwarding(
                Authority.parse(host.isEmpty() ? first(said.stream().map(Forwarded::host)) : host),
                isSecure(proto.isEmpty() ? first(said.stream().map(Forwarded::proto)) : proto),
                Authority.port(element(headers, "X-Forwarded-Port", hops)));
    }

    /**
     * Returns how many trusted proxies a request passed: each adds the address of its peer, so that the addresses of all but the outermost
     * are among the last ones of the list.
     */
    private int hops(List<String> clients) {
        int trusted = 0;
        while (trusted < clients.size() && AddressRange.address(clients.get(clients.size() - 1 - trusted))
                .filter(this::trusts)
                .isPresent()) {
            trusted++;
        }
        return Math.max(1, Math.min(trusted + 1, clients.size()));
    }

    /** Returns what the outermost of so many proxies added to a list; its first element if some of them added none. */
    private static String element(MultiMap headers, String name, int hops) {
        var elements = ListHeader.elements(headers, name);
        return elements.isEmpty() ? "" : elements.get(Math.max(0, elements.size() - hops));
    }

    private static String first(Stream<String> texts) {
        return texts.filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    /** Some proxies name the scheme of a WebSocket. */
    private static boolean isSecure(String proto) {
        return proto.equalsIgnoreCase("https") || proto.equalsIgnoreCase("wss");
    }

    /** As {@link #client(HttpServerRequest)}, of the peer's address and the header's values. */
    public String client(String peer, String forwardedFor) {
        if (ranges.isEmpty() || forwardedFor.isEmpty() || !trusts(peer)) {
            return peer;
        }
        return client(peer, chain(forwardedFor));
    }

    /** An empty element is a proxy's that did not know its peer. */
    private static List<String> chain(String forwardedFor) {
        return forwardedFor.length() > LONGEST_HEADER ? List.of()
                : Stream.of(forwardedFor.split(",", -1)).map(String::strip).toList();
    }

    private String client(String peer, List<String> hops) {
        String client = peer;
        for (String each : hops.reversed()) {
            Optional<String> hop = AddressRange.address(each);
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

    /** Returns whether the address is that of a trusted proxy. */
    public boolean isTrusted(String address) {
        return trusts(address);
    }

    private boolean trusts(String address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static String peer(HttpServerRequest request) {
        var address = request.remoteAddress();
        return address == null ? "" : String.valueOf(address.hostAddress());
    }
}
