package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.SessionOptions;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.MemoryBudget;
import dev.parley.server.engine.SessionIds;
import dev.parley.server.engine.SessionOwner;
import dev.parley.server.engine.Sessions;
import dev.parley.server.engine.UpgradeFailure;
import dev.parley.server.http.response.Compression;
import dev.parley.server.http.response.HttpExchange;
import dev.parley.server.http.response.PollResponseTimeout;
import dev.parley.server.http.websocket.FrameHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UpgradeRequestTest {
    private final List<String> seen = new ArrayList<>();
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private final EngineSession session = session();

    @Test
    void throwingHandshakeIsAnswered500AndSessionContinues() {
        session.offerWebSocket(request(() -> {
            throw new IllegalStateException("a fault of this test");
        }));
        assertThat(seen).containsExactly("status 500", "end", "upgrade failed LOST");
    }

    @Test
    void throwingHandshakeLeavesTheNextUpgradeFree() {
        session.offerWebSocket(request(() -> {
            throw new IllegalStateException("a fault of this test");
        }));
        seen.clear();
        session.offerWebSocket(request(() -> {
            seen.add("handshake");
            return Future.failedFuture("the client has left");
        }));
        assertThat(seen).containsExactly("handshake", "upgrade failed LOST");
    }

    private UpgradeRequest request(Supplier<Future<FrameHandler>> handshake) {
        var response = proxy(HttpServerResponse.class);
        var request = (HttpServerRequest) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{HttpServerRequest.class}, (self, called, arguments) -> {
                    assertThat(called.getName()).isEqualTo("response");
                    return response;
                });
        var exchange = new HttpExchange(request, new PollResponseTimeout(Duration.ofSeconds(60)),
                new Compression(OptionalInt.empty()), "", new EmbeddedChannel().eventLoop(),
                (error, why) -> seen.add("refused"));
        return new UpgradeRequest(exchange, session, handshake);
    }

    /** A response that has not begun. */
    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{type},
                (self, called, arguments) -> switch (called.getName()) {
                    case "headWritten", "ended", "closed" -> false;
                    case "headers" -> headers;
                    case "setStatusCode" -> {
                        seen.add("status " + arguments[0]);
                        yield self;
                    }
                    case "end" -> {
                        seen.add("end");
                        yield Future.succeededFuture();
                    }
                    default -> throw new IllegalStateException(called.getName());
                }));
    }

    private EngineSession session() {
        var opened = new Sessions(new SessionIds("0"), SessionOptions.defaults(), new MemoryBudget(1_000_000),
                1).create("sid", TransportKind.POLLING, Framing.V4, new InlineLoop()).orElseThrow();
        opened.open(new Owner());
        return opened;
    }

    private final class Owner implements SessionOwner {
        @Override
        public void deliver(EnginePacket packet) {
            seen.add("delivered");
        }

        @Override
        public void upgraded(Duration took) {
            seen.add("upgraded");
        }

        @Override
        public void upgradeFailed(UpgradeFailure why) {
            seen.add("upgrade failed " + why);
        }

        @Override
        public void closed(CloseReason reason, CloseCause cause) {
            seen.add("closed");
        }

        @Override
        public void settled() {}
    }
}
