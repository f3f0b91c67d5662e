package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.testing.RedisServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients are recovered by the reference server, and by Parley, after they were lost by the other. Needs redis-server, node and npm. */
@Tag("real-time")
class NodeJsRecoveryIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private RedisServer redis;
    private NodeJsServer node;
    private ParleyNode parley;
    private final RecoveringClient client = new RecoveringClient();

    @BeforeEach
    void start() throws Exception {
        redis = new RedisServer();
        node = NodeJsServer.start(redis.url(), "streams", "recovery");
        parley = new ParleyNode(redis.url(), ParleyNode.options().recoveryByNodeJs(true).build(), "parley",
                ServerOptions.builder().connectionStateRecovery(RecoveryOptions.defaults()).build());
        Awaitility.await().atMost(LONG).until(() -> parley.io.sockets().adapter().serverCount() == 2);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        parley.close();
        node.close();
        redis.stop();
    }

    private void awaitKept() {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> parley.io.sockets().sockets().isEmpty() && node.tell("sockets", "{}").isEmpty()
                        && redis.command("EXISTS", "sio:session:" + client.pid).equals("1"));
    }

    private void missSomething() throws Exception {
        node.tell("emit", """
                {"rooms": ["red"], "args": ["node", 1, {"$bytes": "Af8="}]}""");
        Awaitility.await()
                .atMost(LONG)
                .until(() -> redis.command("XREVRANGE", "socket.io", "+", "-", "COUNT", "1").contains("nsp"));
        parley.io.to("red").emit("parley", 2, new byte[]{1, -1});
        parley.io.to("blue").emit("other", 3);
        parley.io.to("red").asVolatile().emit("parley");
    }

    @Test
    void parleyRecoversAClientOfNode() throws Exception {
        client.connect(node.url());
        client.join("red");
        parley.io.to("red").emit("first", 0);
        assertThat(client.next()).isEqualTo("first 0");
        node.tell("emit", """
                {"rooms": ["red"], "args": ["second", 0]}""");
        assertThat(client.next()).isEqualTo("second 0");
        String id = client.id;
        client.lose();
        awaitKept();
        missSomething();
        assertThat(client.connect(parley.url())).isTrue();
        assertThat(client.id).isEqualTo(id);
        parley.io.to("red").emit("end");
        assertThat(client.until("end")).containsExactlyInAnyOrder("node 1", "parley 2");
        var socket = parley.io.sockets().socket(id).orElseThrow();
        assertThat(socket.data()).containsEntry("name", "nobody");
        assertThat(socket.rooms()).containsExactlyInAnyOrder(id, "red");
    }

    @Test
    void nodeRecoversAClientOfParley() throws Exception {
        client.connect(parley.url());
        client.join("red");
        node.tell("emit", """
                {"rooms": ["red"], "args": ["first", 0]}""");
        assertThat(client.next()).isEqualTo("first 0");
        parley.io.to("red").emit("second", 0);
        assertThat(client.next()).isEqualTo("second 0");
        String id = client.id;
        client.lose();
        awaitKept();
        missSomething();
        assertThat(client.connect(node.url())).isTrue();
        assertThat(client.id).isEqualTo(id);
        node.tell("emit", """
                {"rooms": ["red"], "args": ["end"]}""");
        assertThat(client.until("end")).contains("node 1", "parley 2").doesNotContain("other 3");
        var socket = node.tell("sockets", "{}").get(0);
        assertThat(socket.path("recovered").asBoolean()).isTrue();
        assertThat(socket.path("data").path("name").asString()).isEqualTo("nobody");
        assertThat(socket.path("rooms").toString()).contains("red");
    }
}
