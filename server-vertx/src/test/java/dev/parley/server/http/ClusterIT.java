package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.NoReplyException;
import dev.parley.server.RemoteSocket;
import dev.parley.server.Reply;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.adapter.FakeCluster;
import dev.parley.server.adapter.RecoveryOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers with an adapter between them behave as one, as far as clients and applications can see. */
@Tag("real-time")
class ClusterIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** The wait for replies that never come: long enough for the servers to tell each other how many were asked. */
    private static final Duration UNANSWERED = Duration.ofSeconds(2);

    private FakeCluster cluster = new FakeCluster();
    private TestServer a = start("a", false);
    private TestServer b = start("b", false);
    private Peer toA = new Peer(a);
    private Peer toB = new Peer(b);

    @AfterEach
    void stop() {
        toA.close();
        toB.close();
        a.close();
        b.close();
        cluster.close();
    }

    @Test
    void sendsToTheSocketsOfBothServersOnce() throws Exception {
        var ann = member(toA, a, "red", "blue");
        var bob = member(toB, b, "red");
        var eve = member(toB, b, "green");
        a.io.to("red", "blue").emit("e", 1);
        a.io.to("red").local().emit("e", 2);
        b.io.except("green").emit("e", 3);
        a.io.to("green", "red").emit("end");
        assertThat(until(ann, "end")).containsExactlyInAnyOrder("[\"e\",1]", "[\"e\",2]", "[\"e\",3]");
        assertThat(until(bob, "end")).containsExactly("[\"e\",1]", "[\"e\",3]");
        assertThat(until(eve, "end")).isEmpty();
    }

    @Test
    void gathersTheAnswersOfBothServers() throws Exception {
        var ann = member(toA, a, "red");
        var bob = member(toB, b, "red");
        var all = a.io.to("red").callAsync(LONG, "q");
        assertThat(ann.next()).isEqualTo("420[\"q\"]");
        assertThat(bob.next()).isEqualTo("420[\"q\"]");
        bob.send("430[\"bob\"]");
        assertThat(all).isNotDone();
        ann.send("430[\"ann\"]");
        var replies = all.get(60, TimeUnit.SECONDS);
        assertThat(replies.complete()).isTrue();
        assertThat(replies.replies()).extracting(reply -> reply.text(0))
                .containsExactlyInAnyOrder("ann", "bob");
        var here = a.io.to("red").local().callAsync(UNANSWERED, "q");
        var some = b.io.to("red").call(UNANSWERED, "q");
        assertThat(some.expected()).isEqualTo(2);
        assertThat(some.complete()).isFalse();
        assertThat(here.join().expected()).isEqualTo(1);
    }

    @Test
    void reachesASocketOfTheOtherServerAsIfItWereHere() throws Exception {
        var bob = member(toB, b, "red");
        only(b).data().put("name", "Bob");
        List<RemoteSocket> found = a.io.in("red").fetchSockets();
        assertThat(found).hasSize(1);
        var remote = found.getFirst();
        assertThat(remote.id()).isEqualTo(only(b).id());
        assertThat(remote.data()).containsEntry("name", "Bob");
        assertThat(remote.rooms()).contains("red");
        assertThat(remote.handshake().url()).contains("transport=websocket");
        remote.emit("hello", 1);
        assertThat(bob.next()).isEqualTo("42[\"hello\",1]");
        var reply = remote.callAsync(LONG, "q");
        assertThat(bob.next()).isEqualTo("420[\"q\"]");
        bob.send("430[7]");
        assertThat(reply.get(60, TimeUnit.SECONDS).json(0).asInt()).isEqualTo(7);
        remote.join("blue");
        Awaitility.await().until(() -> only(b).rooms().contains("blue"));
        remote.leave("red");
        Awaitility.await().until(() -> !only(b).rooms().contains("red"));
        assertThat(a.io.local().fetchSocketsAsync().join()).isEmpty();
        remote.disconnect(true);
        assertThat(bob.next()).isEqualTo("41");
        assertThat(bob.next()).isEqualTo("closed 1000");
        assertThatThrownBy(() -> remote.call(LONG, "q")).isInstanceOf(NoReplyException.class)
                .hasMessage("the client has left");
    }

    @Test
    void movesAndPutsOutTheSocketsOfBothServers() throws Exception {
        var ann = member(toA, a, "red");
        var bob = member(toB, b, "red");
        b.io.in("red").socketsJoin("team");
        Awaitility.await().until(() -> only(a).rooms().contains("team") && only(b).rooms().contains("team"));
        a.io.in("team").socketsLeave("red");
        Awaitility.await().until(() -> !only(a).rooms().contains("red") && !only(b).rooms().contains("red"));
        a.io.in("team").disconnectSockets(false);
        assertThat(ann.next()).isEqualTo("41");
        assertThat(bob.next()).isEqualTo("41");
    }

    @Test
    void serverSideEmitReceivesRepliesOfOtherServers() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        for (var server : List.of(a, b)) {
            String name = server == a ? "a" : "b";
            server.io.onServerSide("news", event -> {
                heard.add(name + " " + event.text(0));
                event.ack(name);
            });
        }
        a.io.serverSideEmit("news", "hi");
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("b hi");
        var replies = b.io.serverSideCall(LONG, "news", "ho");
        assertThat(replies.complete()).isTrue();
        assertThat(replies.replies()).extracting(Reply::arguments)
                .extracting(one -> one.json())
                .containsExactly("[\"a\"]");
        assertThat(heard).containsExactly("a ho");
        var silence = a.io.serverSideCallAsync(Duration.ofMillis(100), "unheard").join();
        assertThat(silence.expected()).isEqualTo(1);
        assertThat(silence.replies()).isEmpty();
    }

    @Test
    void recoversAClientOnAnotherServer() throws Exception {
        stop();
        cluster = new FakeCluster();
        a = start("a", true);
        b = start("b", true);
        toA = new Peer(a);
        toB = new Peer(b);
        var lost = toA.frames(Peer.WEBSOCKET);
        lost.next();
        lost.send("40");
        String joined = lost.next();
        var socket = only(a);
        socket.join("red");
        socket.data().put("name", "Ann");
        b.io.to("red").emit("n", 1);
        assertThat(lost.next()).isEqualTo("42[\"n\",1,\"1\"]");
        lost.socket().abort();
        assertThat(a.nextReason()).startsWith("transport");
        a.io.to("red").emit("n", 2);
        b.io.to("green").emit("n", 3);
        b.io.to(socket.id()).emit("n", 4);
        var back = toB.frames(Peer.WEBSOCKET);
        back.next();
        String pid = joined.substring(joined.indexOf("\"pid\":") + 7, joined.length() - 2);
        back.send("40{\"pid\":\"" + pid + "\",\"offset\":\"1\"}");
        assertThat(back.next()).isEqualTo(joined);
        a.io.to("red").emit("n", 5);
        assertThat(List.of(back.next(), back.next(), back.next())).containsExactly("42[\"n\",2,\"2\"]",
                "42[\"n\",4,\"4\"]", "42[\"n\",5,\"5\"]");
        assertThat(only(b).recovered()).isTrue();
        assertThat(only(b).data()).containsEntry("name", "Ann");
    }

    @Test
    void leavesTheClusterWhenTheServerCloses() throws Exception {
        var bob = member(toB, b, "red");
        assertThat(b.io.sockets().adapter().serverCount()).isEqualTo(2);
        a.io.close();
        assertThat(b.io.sockets().adapter().serverCount()).isEqualTo(1);
        var all = b.io.callAsync(LONG, "q");
        assertThat(bob.next()).isEqualTo("420[\"q\"]");
        bob.send("430[]");
        assertThat(all.get(60, TimeUnit.SECONDS).complete()).as("nobody waits for the one that left")
                .isTrue();
    }

    private TestServer start(String tag, boolean recovery) {
        var options = ServerOptions.builder().nodeTag(tag).adapter(cluster::adapter);
        return TestServer.start(
                (recovery ? options.connectionStateRecovery(RecoveryOptions.defaults()) : options).build());
    }

    private static Peer.Frames member(Peer peer, TestServer server, String... rooms) throws Exception {
        var before = List.copyOf(server.io.sockets().sockets());
        var frames = peer.joinFrames();
        server.io.sockets()
                .sockets()
                .stream()
                .filter(socket -> !before.contains(socket))
                .forEach(socket -> socket.join(rooms));
        return frames;
    }

    private static Socket only(TestServer server) {
        return server.io.sockets().sockets().stream().max(Comparator.comparing(Socket::id)).orElseThrow();
    }

    private static List<String> until(Peer.Frames frames, String last) throws InterruptedException {
        var got = new ArrayList<String>();
        for (String next = frames.next(); !next.equals("42[\"" + last + "\"]"); next = frames.next()) {
            assertThat(next).startsWith("42");
            got.add(next.substring(2));
        }
        return got;
    }
}
