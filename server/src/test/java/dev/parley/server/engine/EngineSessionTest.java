package dev.parley.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.SessionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The behaviour of a session's driver: a failure of ours ends one session and no other. */
class EngineSessionTest {
    private final List<String> seen = new ArrayList<>();
    private final Sessions sessions = new Sessions(new SessionIds("t"), SessionOptions.defaults(),
            new MemoryBudget(1_000_000), 10);

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void failureOfTheOwnerEndsTheSession(TransportKind transport) {
        var session = sessions.create(sessions.name(), transport, Framing.V4, new Inline()).orElseThrow();
        var link = new Link();
        if (transport == TransportKind.WEBSOCKET) {
            session.open(new Failing(), link);
            session.text(link, "4boom");
            assertThat(seen).endsWith("link closed", "closed internal error");
        } else {
            session.open(new Failing());
            session.poll(new Request("handshake"));
            session.poll(new Request("poll"));
            var post = new Request("post");
            session.postStarted(post);
            session.postReceived(post, "4boom");
            assertThat(seen).endsWith("post refused 3", "poll refused 3", "closed internal error");
        }
        assertThat(sessions.size()).isZero();
        assertThat(sessions.find(session.sid())).isEmpty();
        session.poll(new Request("late"));
        assertThat(seen).last().isEqualTo("late refused 1");
    }

    @Test
    void isWritableWhileAPollIsPending() {
        var session = sessions.create(sessions.name(), TransportKind.POLLING, Framing.V3, new Inline())
                .orElseThrow();
        assertThat(session.revision()).isEqualTo(EngineRevision.V3);
        session.open(new Failing());
        session.poll(new Request("handshake"));
        assertThat(session.writable()).isFalse();
        session.poll(new Request("poll"));
        assertThat(session.writable()).isTrue();
        session.send(List.of(new EnginePacket.Message("a")));
        assertThat(seen).last().isEqualTo("poll 2:4a");
        assertThat(session.writable()).isFalse();
    }

    @Test
    void refusedPostGetsNoSecondResponse() {
        var session = sessions.create(sessions.name(), TransportKind.POLLING, Framing.V4, new Inline())
                .orElseThrow();
        session.open(new Failing());
        var first = new Request("first");
        var second = new Request("second");
        assertThat(session.postStarted(first)).isTrue();
        assertThat(session.postStarted(second)).isFalse();
        session.postReceived(second, "4two");
        session.postReceived(first, "4one");
        assertThat(seen).containsExactly("second refused 3", "closed transport error", "first refused 1");
    }

    @Test
    void webSocketOfAnEndedUpgradeIsClosed() {
        var session = sessions.create(sessions.name(), TransportKind.POLLING, Framing.V4, new Inline())
                .orElseThrow();
        session.open(new Failing());
        var late = new Upgrade("late");
        session.offerWebSocket(late);
        session.notOpened(late);
        var current = new Upgrade("current");
        session.offerWebSocket(current);
        session.attach(late, new Link());
        assertThat(seen).containsExactly("late accepted", "current accepted", "link closed");
        var link = new Link();
        session.attach(current, link);
        session.text(link, "2probe");
        session.text(link, "5");
        assertThat(session.transport()).isEqualTo(TransportKind.WEBSOCKET);
    }

    @Test
    void lossOfAResponseEndsTheSessionUnlessItHeldNothing() {
        var session = sessions.create(sessions.name(), TransportKind.POLLING, Framing.V4, new Inline())
                .orElseThrow();
        session.open(new Failing());
        session.poll(new Request("handshake"));
        session.poll(new Request("poll"));
        var upgrade = new Upgrade("upgrade");
        session.offerWebSocket(upgrade);
        var link = new Link();
        session.attach(upgrade, link);
        session.text(link, "2probe");
        assertThat(seen).contains("poll 6");
        session.responseLost();
        session.text(link, "5");
        session.responseLost();
        assertThat(session.transport()).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(sessions.find(session.sid())).contains(session);

        var other = sessions.create(sessions.name(), TransportKind.POLLING, Framing.V4, new Inline())
                .orElseThrow();
        other.open(new Failing());
        other.poll(new Request("handshake"));
        other.responseLost();
        assertThat(seen).last().isEqualTo("closed transport error");
    }

    /** Direct memory may be exhausted for queued packets and for the close frame. */
    @Test
    void failingLinkReportsOneEnd() {
        var session = sessions.create(sessions.name(), TransportKind.WEBSOCKET, Framing.V4, new Inline())
                .orElseThrow();
        var link = new Link();
        session.open(new Failing(), link);
        session.writable(link, false);
        session.send(List.of(new EnginePacket.Message("waits")));
        link.broken = true;
        session.close(CloseReason.SERVER_SHUTTING_DOWN);
        assertThat(seen).containsExactly("closed server shutting down");
        assertThat(sessions.size()).isZero();
        assertThat(session.memory().held()).isZero();
    }

    @Test
    void linkThatCannotCloseReportsTheEnd() {
        var session = sessions.create(sessions.name(), TransportKind.WEBSOCKET, Framing.V4, new Inline())
                .orElseThrow();
        var link = new Link();
        session.open(new Failing(), link);
        link.broken = true;
        session.text(link, "4boom");
        assertThat(seen).containsExactly("closed internal error");
    }

    private final class Failing implements SessionOwner {
        @Override
        public void deliver(EnginePacket packet) {
            throw new IllegalStateException("a fault of ours, for this test");
        }

        @Override
        public void upgraded(Duration took) {}

        @Override
        public void closed(CloseReason reason, CloseCause cause) {
            seen.add("closed " + reason.text());
        }

        @Override
        public void settled() {}
    }

    private final class Link implements WebSocketLink {
        private boolean broken;

        @Override
        public void write(List<EnginePacket> packets, long shared) {
            fail();
        }

        private void fail() {
            if (broken) {
                throw new IllegalStateException("no memory is left, for this test");
            }
        }

        @Override
        public void close() {
            fail();
            seen.add("link closed");
        }
    }

    private final class Request implements Exchange {
        private final String name;

        Request(String name) {
            this.name = name;
        }

        @Override
        public void respond(String body, boolean compress, Consumer<Outcome> then) {
            seen.add(name + " " + body);
            then.accept(Outcome.SENT);
        }

        @Override
        public void respond(byte[] body, boolean compress, Consumer<Outcome> then) {
            seen.add(name + " bytes");
            then.accept(Outcome.SENT);
        }

        @Override
        public void refuse(EngineError error, String why) {
            seen.add(name + " refused " + error.code());
        }
    }

    private final class Upgrade implements WebSocketOffer {
        private final String name;

        Upgrade(String name) {
            this.name = name;
        }

        @Override
        public void accept() {
            seen.add(name + " accepted");
        }

        @Override
        public void turnAway() {
            seen.add(name + " turned away");
        }

        @Override
        public void refuse(EngineError error, String why) {
            seen.add(name + " refused " + error.code());
        }
    }

    private static final class Inline implements Loop {
        @Override
        public boolean inLoop() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Runnable schedule(Duration delay, Runnable task) {
            return () -> {};
        }
    }
}
