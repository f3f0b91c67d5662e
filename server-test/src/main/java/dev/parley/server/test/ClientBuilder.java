package dev.parley.server.test;

import dev.parley.protocol.engine.EngineQuery;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.Handshake;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Builds clients: their request, credentials and handlers. May connect several clients. Not thread-safe. */
public final class ClientBuilder {
    private final SocketIoTest test;
    private final Map<String, String> headers = new HashMap<>(Map.of("host", "localhost"));
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, Consumer<ReceivedEvent>> handlers = new HashMap<>();
    private @Nullable String auth;
    private String address = "127.0.0.1";
    private boolean secure;

    ClientBuilder(SocketIoTest test) {
        this.test = test;
        query.put(EngineQuery.REVISION, EngineRevision.V4.text());
        query.put(EngineQuery.TRANSPORT, TransportKind.WEBSOCKET.text());
    }

    private ClientBuilder(ClientBuilder other) {
        this(other.test);
        headers.putAll(other.headers);
        query.putAll(other.query);
        handlers.putAll(other.handlers);
        auth = other.auth;
        address = other.address;
        secure = other.secure;
    }

    /**
     * Sets the credentials for the namespace, like {@code auth} of the published clients. Default: none.
     *
     * @param value a value that Jackson writes as a JSON object, such as a map
     */
    public ClientBuilder auth(Object value) {
        auth = test.codec().text(value);
        return this;
    }

    /** Sets a parameter of the request's query. */
    public ClientBuilder query(String name, String value) {
        query.put(name, value);
        return this;
    }

    /** Sets a header of the request. */
    public ClientBuilder header(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    /** Sets the client's IP address. Default: {@code 127.0.0.1}. */
    public ClientBuilder address(String value) {
        address = value;
        return this;
    }

    /** Sets whether the request counts as sent over TLS. Default: no. */
    public ClientBuilder secure(boolean value) {
        secure = value;
        return this;
    }

    /** Sets a reply as {@link TestClient#answer}, in effect before the client connects: for events of connection handlers. */
    public ClientBuilder answer(String event, Function<ReceivedEvent, @Nullable Object> reply) {
        return on(event, replying(reply));
    }

    /** Sets a handler as {@link TestClient#on}, in effect before the client connects. */
    public ClientBuilder on(String event, Consumer<ReceivedEvent> handler) {
        handlers.put(event, handler);
        return this;
    }

    /**
     * Connects a client over a new connection. Blocks until the server's middleware and connection handlers have finished.
     *
     * @throws ConnectRefusedException when the server refuses the client
     * @throws IllegalStateException   when the server accepts no more sessions, when the test is closed, or in a handler, which must not wait
     * @throws AssertionError          when middleware or a handler has not finished in time
     */
    public TestClient connect(String namespace) {
        return test.connect(new ClientBuilder(this), null, namespace, auth);
    }

    static Consumer<ReceivedEvent> replying(Function<ReceivedEvent, @Nullable Object> reply) {
        return event -> {
            if (event.wantsAck()) {
                event.ack(new @Nullable Object[]{reply.apply(event)});
            }
        };
    }

    Map<String, Consumer<ReceivedEvent>> handlers() {
        return handlers;
    }

    /** Connects as before, and asks for what was missed. */
    TestClient again(Map<String, Consumer<ReceivedEvent>> newHandlers, String namespace,
            @Nullable String recoveryId, @Nullable String offset) {
        var copy = new ClientBuilder(this);
        copy.handlers.putAll(newHandlers);
        String credentials = auth;
        if (recoveryId != null) {
            var mapper = test.codec().mapper();
            var all = auth == null ? mapper.createObjectNode() : (ObjectNode) mapper.readTree(auth);
            all.put("pid", recoveryId);
            if (offset != null) {
                all.put("offset", offset);
            }
            credentials = all.toString();
        }
        return test.connect(copy, null, namespace, credentials);
    }

    Handshake handshake(String path) {
        String url = query.entrySet()
                .stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&", path + "?", ""));
        return new Handshake(headers, query, address, url, Instant.now(), secure, null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
