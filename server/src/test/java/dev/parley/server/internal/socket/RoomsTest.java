package dev.parley.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.server.Namespace;
import dev.parley.server.NoReplyException;
import dev.parley.server.ServerOptions;
import dev.parley.server.adapter.RoomListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rooms: the receivers of a broadcast, how often each gets it, and the state that rooms keep. */
class RoomsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private final FakeClients clients = new FakeClients(ServerOptions.builder().maxRoomsPerSocket(4).build());
    private final Namespace io = clients.namespace;

    @Test
    void reachesEachMemberOfSeveralRoomsOnce() {
        clients.join("a", "red");
        clients.join("b", "red", "blue");
        clients.join("c", "green");
        io.to("red", "blue").emit("e", 1);
        assertThat(clients.got("e")).isEqualTo(Map.of("a", 1, "b", 1));
    }

    @Test
    void leavesOutTheMembersOfExceptedRoomsAndTheSenderItself() {
        var a = clients.join("a", "red");
        clients.join("b", "red", "blue");
        clients.join("c", "red");
        clients.join("d");
        io.except("blue").emit("most");
        a.socket().to("red").except("blue").emit("others");
        a.socket().broadcast().emit("all-others");
        io.to("c").emit("private");
        assertThat(clients.got("most")).isEqualTo(Map.of("a", 1, "c", 1, "d", 1));
        assertThat(clients.got("others")).isEqualTo(Map.of("c", 1));
        assertThat(clients.got("all-others")).isEqualTo(Map.of("b", 1, "c", 1, "d", 1));
        assertThat(clients.got("private")).isEqualTo(Map.of("c", 1));
    }

    @Test
    void encodesABroadcastOnceWithItsAttachmentsUntouched() {
        var a = clients.join("a");
        var b = clients.join("b");
        byte[] bytes = {1, 2, 3};
        io.emit("e", "text", bytes);
        assertThat(a.packets()).isSameAs(b.packets());
        assertThat(a.packets().getFirst())
                .isEqualTo(new EnginePacket.Message("51-[\"e\",\"text\",{\"_placeholder\":true,\"num\":0}]"));
        assertThat(((EnginePacket.Binary) a.packets().get(1)).data()).isSameAs(bytes);
    }

    @Test
    void isImmutableWhileReceiversAreChosen() {
        clients.join("a", "red");
        clients.join("b", "blue");
        var red = io.to("red");
        red.to("blue").emit("both");
        red.emit("one");
        assertThat(clients.got("both")).isEqualTo(Map.of("a", 1, "b", 1));
        assertThat(clients.got("one")).isEqualTo(Map.of("a", 1));
    }

    @Test
    void knowsARoomWhileItHasAMember() {
        List<String> told = new ArrayList<>();
        io.adapter().addListener(new RoomListener() {
            @Override
            public void created(String room) {
                told.add("created " + room);
            }

            @Override
            public void joined(String room, String id) {
                told.add(id + " joined " + room);
            }

            @Override
            public void left(String room, String id) {
                told.add(id + " left " + room);
            }

            @Override
            public void deleted(String room) {
                told.add("deleted " + room);
            }
        });
        var a = clients.join("a", "red");
        assertThat(a.socket().rooms()).containsExactlyInAnyOrder("a", "red");
        a.socket().leave("red");
        assertThat(a.socket().rooms()).containsExactly("a");
        assertThat(io.adapter().rooms()).containsExactly("a");
        assertThat(told).containsExactly("created a", "a joined a", "created red", "a joined red",
                "a left red", "deleted red");
    }

    @Test
    void tellsTheRoomsWhileDisconnectingAndKeepsNoneAfterwards() throws Exception {
        var a = clients.join("a", "red");
        List<String> seen = new ArrayList<>();
        a.socket().onDisconnecting(reason -> seen.add(reason + " " + a.socket().rooms().contains("red")));
        a.socket().onDisconnect(reason -> seen.add(reason + " " + a.socket().rooms()));
        a.socket().left("transport close");
        assertThat(io.adapter().rooms()).isEmpty();
        a.settle();
        assertThat(seen).containsExactly("transport close true", "transport close []");
        a.socket().join("late");
        assertThat(io.adapter().rooms()).isEmpty();
    }

    @Test
    void boundsTheRoomsOfASocket() {
        var a = clients.join("a", "1", "2", "3");
        a.socket().join("3");
        assertThatIllegalStateException().isThrownBy(() -> a.socket().join("4"));
        assertThat(a.socket().rooms()).hasSize(4);
    }

    @Test
    void movesPutsOutAndFetchesManyAtOnce() {
        var a = clients.join("a", "red");
        a.socket().data().put("name", "Ann");
        var b = clients.join("b", "red");
        clients.join("c");
        io.in("red").socketsJoin("team");
        assertThat(io.adapter().sockets(Set.of("team"))).containsExactlyInAnyOrder("a", "b");
        io.in("team").except("a").socketsLeave("red");
        assertThat(b.socket().rooms()).containsExactlyInAnyOrder("b", "team");
        var fetched = io.in("red").fetchSockets();
        assertThat(fetched).hasSize(1);
        assertThat(fetched.getFirst().data()).containsEntry("name", "Ann");
        assertThat(fetched.getFirst().rooms()).contains("red", "team");
        assertThat(fetched.getFirst().handshake()).isEqualTo(a.socket().handshake());
        fetched.getFirst().emit("hello");
        assertThat(clients.got("hello")).isEqualTo(Map.of("a", 1));
        io.in("team").disconnectSockets(true);
        assertThat(a.disconnected).containsExactly(true);
        assertThat(b.disconnected).containsExactly(true);
    }

    @Test
    void gathersTheAnswersThatComeInTime() {
        var a = clients.join("a", "red");
        var b = clients.join("b", "red");
        var all = io.to("red").callAsync(LONG, "q");
        a.answer("[1]");
        assertThat(all).isNotDone();
        b.answer("[2]");
        assertThat(all.join().complete()).isTrue();
        assertThat(all.join().replies()).extracting(reply -> reply.json(0).asInt()).containsExactly(1, 2);

        var some = io.to("red").callAsync(LONG, "q");
        b.answer("[3]");
        a.asked.removeFirst().completeExceptionally(new NoReplyException(NoReplyException.Reason.TIMEOUT));
        assertThat(some.join().complete()).isFalse();
        assertThat(some.join().expected()).isEqualTo(2);
        assertThat(some.join().replies()).hasSize(1);
        assertThat(io.to("nobody").call(LONG, "q").complete()).isTrue();
        assertThat(io.serverSideCall(LONG, "q").expected()).isZero();
    }

    @Test
    void callThatNobodyAnswersEndsWithItsTime() {
        clients.join("a", "red");
        clients.join("b", "red");
        var none = io.to("red").timeout(Duration.ofMillis(20)).call("q");
        assertThat(none.complete()).isFalse();
        assertThat(none.expected()).isEqualTo(2);
        assertThat(none.replies()).isEmpty();
    }

    @Test
    void asksOneFetchedSocket() {
        var a = clients.join("a");
        var remote = io.fetchSockets().getFirst();
        var reply = remote.callAsync(LONG, "q");
        a.answer("[\"yes\"]");
        assertThat(reply.join().text(0)).isEqualTo("yes");
        assertThatThrownBy(() -> remote.call(Duration.ofMillis(20), "q"))
                .isInstanceOf(NoReplyException.class);
    }

    @Test
    void losesDoublesAndReordersNothingWhileOthersComeAndGo() throws Exception {
        var steady = clients.join("steady", "red", "blue");
        List<ClientSocket> comers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            comers.add(clients.join("c" + i).socket());
        }
        var stop = new AtomicBoolean();
        try (var movers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (ClientSocket socket : comers) {
                movers.execute(() -> {
                    while (!stop.get()) {
                        socket.join("red");
                        socket.leave("red");
                        LockSupport.parkNanos(1);
                    }
                    socket.left("transport close");
                });
            }
            for (int i = 0; i < 2_000; i++) {
                io.to("red", "blue").emit("n", i);
            }
            stop.set(true);
        }
        assertThat(steady.sent).extracting(one -> one.event().json())
                .containsExactlyElementsOf(
                        IntStream.range(0, 2_000).mapToObj(i -> "[\"n\"," + i + "]").toList());
        assertThat(io.adapter().rooms()).containsExactlyInAnyOrder("steady", "red", "blue");
        for (var client : clients.byId.values()) {
            assertThat(client.sent).as("no event twice").doesNotHaveDuplicates();
        }
    }
}
