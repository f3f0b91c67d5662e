package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.RefusedException;
import dev.parley.server.ServerOptions;
import dev.parley.server.adapter.RecoveryOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a client that comes back is asked again, at {@code skipMiddlewares} and without it. */
class RecoveryIT {
    private static final Pattern JOINED = Pattern.compile("40\\{\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"}");
    private static final Pattern SEEN = Pattern.compile("42\\[\"seen\",\"([^\"]+)\"]");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private TestServer server = TestServer.start();
    private Peer peer = new Peer(server);
    private String id = "";

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void recoverySkipsMiddlewareByDefault() throws Exception {
        start(RecoveryOptions.defaults(), false);
        assertThat(loseAndComeBack()).startsWith("40{\"sid\":\"" + id + "\"");
        assertThat(asked).containsExactly("false");
    }

    @Test
    void recoveryRunsMiddlewareWhenTheOptionSaysSo() throws Exception {
        start(RecoveryOptions.defaults().withSkipMiddlewares(false), false);
        assertThat(loseAndComeBack()).startsWith("40{\"sid\":\"" + id + "\"");
        assertThat(asked).containsExactly("false", "true");
    }

    @Test
    void middlewareCanRefuseARecoveredClient() throws Exception {
        start(RecoveryOptions.defaults().withSkipMiddlewares(false), true);
        assertThat(loseAndComeBack()).isEqualTo("44{\"message\":\"not any more\"}");
        assertThat(asked).containsExactly("false", "true");
        assertThat(server.io.sockets().sockets()).isEmpty();
        assertThat(server.io.sockets().adapter().rooms()).isEmpty();
    }

    private void start(RecoveryOptions options, boolean onlyOnce) {
        stop();
        server = TestServer.start(ServerOptions.builder().connectionStateRecovery(options).build());
        peer = new Peer(server);
        server.io.use(socket -> {
            asked.add(String.valueOf(socket.recovered()));
            if (onlyOnce && socket.recovered()) {
                throw new RefusedException("not any more");
            }
        }).onConnection(socket -> {
            if (!socket.recovered()) {
                socket.emit("seen");
            }
        });
    }

    /** The answer to the second time. */
    private String loseAndComeBack() throws Exception {
        var first = peer.frames(Peer.WEBSOCKET);
        first.next();
        first.send("40");
        var joined = JOINED.matcher(first.next());
        assertThat(joined.matches()).isTrue();
        id = joined.group(1);
        var seen = SEEN.matcher(first.next());
        assertThat(seen.matches()).isTrue();
        first.socket().abort();
        assertThat(server.nextReason()).startsWith("transport ");
        var second = peer.frames(Peer.WEBSOCKET);
        second.next();
        second.send("40{\"pid\":\"" + joined.group(2) + "\",\"offset\":\"" + seen.group(1) + "\"}");
        return second.next();
    }
}
