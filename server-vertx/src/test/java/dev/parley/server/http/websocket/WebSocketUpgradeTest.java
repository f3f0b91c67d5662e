package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parley.protocol.engine.Framing;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WebSocketUpgradeTest {
    private final MultiMap sent = MultiMap.caseInsensitiveMultiMap();
    private final MultiMap received = MultiMap.caseInsensitiveMultiMap()
            .add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .add("Sec-WebSocket-Protocol", "chat")
            .add("Sec-WebSocket-Extensions", "permessage-deflate");

    @Test
    void failedHandshakeLeavesNoHeaderOfAnUpgrade() {
        sent.add("Access-Control-Allow-Origin", "https://example.com");
        var upgrade = new WebSocketUpgrade(1_000, OptionalInt.of(100),
                new Subprotocols(offered -> Optional.of(offered.getFirst())), 0);
        assertThatIllegalStateException().isThrownBy(() -> upgrade.perform(request(), Framing.V4))
                .withMessage("toNetSocket after 6 headers");
        assertThat(sent.names()).containsExactly("Access-Control-Allow-Origin");
    }

    private HttpServerRequest request() {
        return proxy(HttpServerRequest.class);
    }

    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{type},
                (self, called, arguments) -> switch (called.getName()) {
                    case "response" -> proxy(HttpServerResponse.class);
                    case "headers" -> type == HttpServerRequest.class ? received : sent;
                    case "getHeader" -> received.get((String) arguments[0]);
                    case "closed" -> false;
                    case "putHeader" -> {
                        sent.set((String) arguments[0], (String) arguments[1]);
                        yield self;
                    }
                    default -> throw new IllegalStateException(
                            called.getName() + " after " + sent.size() + " headers");
                }));
    }
}
