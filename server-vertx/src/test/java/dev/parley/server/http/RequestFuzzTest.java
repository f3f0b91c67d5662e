package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.ServerOptions;
import dev.parley.server.http.header.Query;
import dev.parley.server.http.response.Compression;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The parsers of a request's head, on input by a fuzzer: a query is in order or has one of the known faults, and one in order can be
 * served; the headers that are parsed by hand are understood or passed over.
 */
class RequestFuzzTest {
    private static final ServerOptions WITHOUT_UPGRADE = ServerOptions.builder()
            .allowEIO3(true)
            .transports(List.of(TransportKind.POLLING))
            .build();
    private static final MultiMap UPGRADE = MultiMap.caseInsensitiveMultiMap().add("Upgrade", "WebSocket");
    private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT,
            HttpMethod.HEAD);

    /** The first byte chooses method, upgrade and options; the query follows. */
    @FuzzTest
    void query(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        var method = METHODS.get(bytes[0] & 3);
        boolean upgrade = (bytes[0] & 4) != 0;
        var options = (bytes[0] & 8) != 0 ? WITHOUT_UPGRADE : ServerOptions.defaults();
        String query = text(bytes);
        var request = request(method, query, upgrade);
        var fault = RequestCheck.fault(request, options);
        if (fault.isEmpty()) {
            var wanted = RequestCheck.of(request);
            assertThat(options.transports()).contains(wanted.transport());
            assertThat(wanted.transport() == TransportKind.WEBSOCKET).isEqualTo(upgrade);
            assertThat(wanted.sid().isEmpty() && !HttpMethod.GET.equals(method)).isFalse();
            if (wanted.sid().isEmpty() && !options.allowEIO3()) {
                assertThat(RequestCheck.framing(request).revision()).isEqualTo(EngineRevision.V4);
            }
            // It is written into a script.
            assertThat(RequestCheck.jsonp(request)).matches("[0-9]{0,9}");
        }
        sameAsTheDecoder(query);
    }

    @FuzzTest
    void headers(byte[] bytes) {
        String value = new String(bytes, StandardCharsets.ISO_8859_1);
        var coding = new Compression(OptionalInt.of(0)).coding(1, value);
        if (coding != null) {
            assertThat(value.contains("*") || value.toLowerCase(Locale.ROOT).contains(coding.text()))
                    .isTrue();
        }
        assertThat(TrustedProxies.of(List.of("loopback", "private")).client("127.0.0.1", value)).isNotEmpty();
    }

    /** The short way through a query finds what the long way does, and what Netty's reader finds where it can read the query at all. */
    private static void sameAsTheDecoder(String query) {
        var all = Query.all(query);
        for (String name : List.of("sid", "transport", "EIO", "j", "b64")) {
            assertThat(Query.first(query, name)).isEqualTo(all.getOrDefault(name, ""));
        }
        // Netty reads {@code =a=b} as an a, as nobody else does, skips a question mark in front, and replaces what is not UTF-8.
        if (!query.startsWith("?") && query.indexOf('#') < 0 && query.indexOf('\ufffd') < 0
                && !("&" + query).contains("&=")) {
            try {
                new QueryStringDecoder(query, StandardCharsets.UTF_8, false, Query.MAX_PARAMETERS, true)
                        .parameters()
                        .forEach((name, values) -> {
                            if (name.indexOf('\ufffd') < 0 && values.getFirst().indexOf('\ufffd') < 0) {
                                assertThat(all).containsEntry(name, values.getFirst());
                            }
                        });
            } catch (IllegalArgumentException e) {
                assertThat(query).contains("%");
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(Arrays.copyOfRange(bytes, 1, bytes.length), StandardCharsets.ISO_8859_1);
    }

    private static HttpServerRequest request(HttpMethod method, String query, boolean upgrade) {
        return (HttpServerRequest) Proxy.newProxyInstance(RequestFuzzTest.class.getClassLoader(),
                new Class<?>[]{HttpServerRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "method" -> method;
                    case "query" -> query;
                    case "headers" -> upgrade ? UPGRADE : MultiMap.caseInsensitiveMultiMap();
                    default -> throw new IllegalStateException(called.getName());
                });
    }
}
