package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.server.RemoteSocket;
import dev.parley.server.Replies;
import dev.parley.testing.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * A Parley server and the reference server with its published adapters act as one, in both directions. Needs the programs redis-server,
 * node and npm.
 */
@Tag("real-time")
@ParameterizedClass
@EnumSource(ClusterOptions.Adapter.class)
class NodeJsClusterIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static RedisServer redis;

    @Parameter
    ClusterOptions.Adapter adapter = ClusterOptions.Adapter.STREAMS;

    private NodeJsServer node;
    private ParleyNode parley;
    /** At the reference server. */
    private TestClient nina;
    /** At the Parley server. */
    private TestClient paul;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = new RedisServer();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.stop();
    }

    @BeforeEach
    void start() throws Exception {
        node = NodeJsServer.start(redis.url(), adapter.name().toLowerCase(Locale.ROOT));
        parley = new ParleyNode(redis.url(), ParleyNode.options().adapter(adapter).build(), "parley");
        nina = new TestClient(node.url(), "nina", "red", "left");
        paul = new TestClient(parley.url(), "paul", "red", "right");
        ParleyNode.awaitSockets(2, parley);
    }

    @AfterEach
    void stop() {
        nina.close();
        paul.close();
        parley.close();
        node.close();
    }

    @Test
    void broadcastsReachBothSides() throws Exception {
        parley.io.to("red").emit("p", 1, "ünï 😀", new byte[]{1, -1}, List.of(true, 5.5, -4));
        parley.io.to("left", "right").except("right").emit("p", 2);
        parley.io.to("red").local().emit("p", 3);
        parley.io.emit("end");
        assertThat(nina.until("end")).containsExactly("p 1 \"ünï 😀\" 01ff [true,5.5,-4]", "p 2");
        assertThat(paul.until("end")).containsExactly("p 1 \"ünï 😀\" 01ff [true,5.5,-4]", "p 3");
        node.tell("emit", """
                {"rooms": ["red"], "args": ["n", 1, "ünï 😀", {"$bytes": "Af8="}, [true, 5.5, -4]]}""");
        node.tell("emit", """
                {"rooms": ["left", "right"], "except": ["left"], "args": ["n", 2]}""");
        node.tell("emit", """
                {"rooms": ["red"], "flags": {"local": true}, "args": ["n", 3]}""");
        node.tell("emit", """
                {"args": ["end"]}""");
        assertThat(paul.until("end")).containsExactly("n 1 \"ünï 😀\" 01ff [true,5.5,-4]", "n 2");
        // The reference server sends local events at once, and others when Redis has taken them.
        assertThat(nina.until("end")).containsExactlyInAnyOrder("n 1 \"ünï 😀\" 01ff [true,5.5,-4]", "n 3");
        node.tell("emit", """
                {"rooms": ["red"], "flags": {"volatile": true}, "args": ["v"]}""");
        assertThat(paul.next()).isEqualTo("v");
        parley.io.to("left").asVolatile().compress(false).emit("v");
        assertThat(nina.next()).isEqualTo("v");
    }

    @Test
    void acknowledgementsComeFromBothSides() throws Exception {
        Replies replies = parley.io.to("red").call(LONG, "q", new byte[]{7});
        assertThat(replies.complete()).isTrue();
        assertThat(replies.values(String.class)).containsExactlyInAnyOrder("nina", "paul");
        assertThat(nina.next()).isEqualTo("q 07");
        assertThat(texts(node.tell("call", """
                {"rooms": ["red"], "flags": {"timeout": 60000}, "args": ["q", {"$bytes": "Bw=="}]}""")
                .path("all"))).containsExactlyInAnyOrder("nina", "paul");
        assertThat(nina.next()).isEqualTo("q 07");
        assertThat(paul.until("q 07")).isEmpty();
        Replies silent = parley.io.to("red").call(Duration.ofSeconds(1), "silent");
        assertThat(silent.expected()).isEqualTo(2);
        assertThat(silent.replies()).isEmpty();
        assertThat(node.tell("call", """
                {"rooms": ["right"], "flags": {"timeout": 300}, "args": ["silent"]}""").path("responses"))
                .isEmpty();
    }

    @Test
    void socketsOfEachAreSeenAndMovedByTheOther() throws Exception {
        List<RemoteSocket> found = parley.io.in("left").fetchSockets();
        assertThat(found).extracting(RemoteSocket::id).containsExactly(nina.id);
        var remote = found.getFirst();
        assertThat(remote.rooms()).containsExactlyInAnyOrder("red", "left", nina.id);
        assertThat(remote.data()).containsEntry("name", "nobody");
        assertThat(remote.handshake().url()).contains("transport=websocket");
        assertThat(remote.handshake().time()).isBetween(Instant.now().minus(LONG), Instant.now().plus(LONG));
        assertThat(remote.call(LONG, "q").text(0)).isEqualTo("nina");
        JsonNode seen = node.tell("fetch", """
                {"rooms": ["right"]}""");
        assertThat(seen).hasSize(1);
        assertThat(seen.path(0).path("id").asString()).isEqualTo(paul.id);
        assertThat(texts(seen.path(0).path("rooms"))).containsExactlyInAnyOrder("red", "right", paul.id);
        assertThat(seen.path(0).path("data").path("name").asString()).isEqualTo("nobody");
        assertThat(seen.path(0).path("url").asString()).contains("transport=websocket");
        parley.io.in("left").socketsJoin("team");
        node.tell("join", """
                {"rooms": ["right"], "to": ["team"]}""");
        awaitMembers("team", 2);
        parley.io.in("red").socketsLeave("team");
        awaitMembers("team", 0);
        node.tell("disconnect", """
                {"rooms": ["right"], "close": true}""");
        Awaitility.await().atMost(LONG).until(() -> !paul.connected());
        parley.io.in("left").disconnectSockets(true);
        Awaitility.await().atMost(LONG).until(() -> !nina.connected());
    }

    private void awaitMembers(String room, int count) {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> parley.io.in(room).fetchSockets().size() == count
                        && node.tell("fetch", "{\"rooms\": [\"" + room + "\"]}").size() == count);
    }

    @Test
    void applicationsOfBothHearEachOther() throws Exception {
        parley.io.serverSideEmit("news", 1, "two");
        assertThat(node.news().toString()).isEqualTo("[1,\"two\"]");
        node.tell("serverEmit", """
                {"args": ["news", 1, "two"]}""");
        assertThat(parley.news.poll(60, TimeUnit.SECONDS)).isEqualTo("[\"news\",1,\"two\"]");
        Replies replies = parley.io.serverSideCall(LONG, "news", 3);
        assertThat(replies.complete()).isTrue();
        assertThat(replies.replies().getFirst().json(0).toString())
                .isEqualTo("{\"from\":\"node\",\"got\":1}");
        assertThat(texts(node.tell("serverCall", """
                {"args": ["news", 3]}""").path("all"))).containsExactly("parley");
    }

    @Test
    void bothCountTheServersAndNoticeThatOneIsKilled() throws Exception {
        assertThat(node.tell("count", "{}").asInt()).isEqualTo(2);
        assertThat(parley.io.sockets().adapter().serverCount()).isEqualTo(2);
        node.kill();
        Awaitility.await().atMost(LONG).until(() -> parley.io.sockets().adapter().serverCount() == 1);
        assertThat(parley.io.to("red").call(LONG, "q").values(String.class)).containsExactly("paul");
        assertThat(parley.io.fetchSockets()).hasSize(1);
    }

    @Test
    void roomsAndEmitterOfTheReferenceServerWork() throws Exception {
        assumeTrue(adapter == ClusterOptions.Adapter.PUBSUB, "only this adapter has them");
        assertThat(texts(node.tell("allRooms", "{}"))).contains("red", "left", "right", paul.id, nina.id);
        node.tell("emitterEmit", """
                {"rooms": ["right"], "args": ["e", {"$bytes": "Af8="}]}""");
        assertThat(paul.next()).isEqualTo("e 01ff");
        node.tell("emitterJoin", """
                {"rooms": ["right"], "to": "team"}""");
        awaitMembers("team", 1);
        node.tell("emitterServerEmit", """
                {"args": ["news", "extra"]}""");
        assertThat(parley.news.poll(60, TimeUnit.SECONDS)).isEqualTo("[\"news\",\"extra\"]");
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
