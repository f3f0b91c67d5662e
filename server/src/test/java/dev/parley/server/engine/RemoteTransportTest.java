package dev.parley.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.SessionOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The interface that a cluster needs: the owner of a session and the front with its client's connections share only lines of text, as two
 * processes would. Requests come from one front, then from another.
 */
class RemoteTransportTest {
    private final ManualLoop loop = new ManualLoop();
    private final Owner owner = new Owner();
    private final Front one = new Front();
    private final Front two = new Front();

    @Test
    void pollsAndPostsAtDifferentFronts() {
        String sid = opened();
        two.say("post 2 " + sid + " 4hello");
        assertThat(two.next()).isEqualTo("answer 2 ok");
        one.say("poll 3 " + sid);
        assertThat(one.next()).isEqualTo("answer 3 4hello, hello");
        two.say("poll 4 " + sid);
        owner.hears("drained");
        one.say("poll 5 " + sid);
        assertThat(one.next()).as("polls overlap wherever they come from").isEqualTo("refuse 5 3");
        assertThat(two.next()).isEqualTo("answer 4 1");
        owner.hears("closed transport error");
        two.say("poll 6 " + sid);
        assertThat(two.next()).isEqualTo("refuse 6 1");
    }

    @Test
    void upgradesAtAnotherFront() {
        String sid = opened();
        two.say("offer 2 " + sid);
        assertThat(two.next()).isEqualTo("accept 2");
        one.say("offer 3 " + sid);
        assertThat(one.next()).as("a second one, wherever it comes from").isEqualTo("reject 3");
        two.say("attach 2 " + sid);
        two.say("text 2 " + sid + " 2probe");
        assertThat(two.next()).isEqualTo("frame 2 3probe");
        two.say("text 2 " + sid + " 5");
        owner.hears("upgraded");
        two.say("text 2 " + sid + " 4hello");
        assertThat(two.next()).isEqualTo("frame 2 4hello, hello");
        one.say("poll 4 " + sid);
        assertThat(one.next()).isEqualTo("refuse 4 3");
        two.say("lost 2 " + sid);
        owner.hears("closed transport close");
        assertThat(owner.sessions.size()).isZero();
    }

    @Test
    void lostPollAtAFrontEndsTheSession() {
        String sid = opened();
        one.say("poll 2 " + sid);
        owner.hears("drained");
        one.say("cancel 2 " + sid);
        owner.hears("closed transport error");
    }

    @Test
    void sessionIdNamesItsOwner() {
        String sid = owner.sessions.name();
        assertThat(SessionIds.owner(sid)).contains("owner1");
        assertThat(SessionIds.owner(owner.sessions.name("a_name_of_the_applications_own")))
                .contains("owner1");
        assertThat(SessionIds.owner("nonsense")).isEmpty();
        assertThat(SessionIds.owner("_0123456789-0123456789")).isEmpty();
        assertThat(SessionIds.owner("a b_0123456789-0123456789")).isEmpty();
    }

    private String opened() {
        one.say("open 1");
        String handshake = one.next();
        assertThat(handshake).startsWith("answer 1 0{\"sid\":\"owner1_");
        return handshake.substring(18, handshake.indexOf('"', 18));
    }

    /** The process with the client's connections: it sends and receives lines. */
    private final class Front {
        private final Queue<String> lines = new ArrayDeque<>();

        void say(String line) {
            loop.execute(() -> owner.take(line, lines::add));
        }

        /** Runs the loop; returns the next line, or {@code null} as text. */
        String next() {
            loop.run();
            return String.valueOf(lines.poll());
        }
    }

    /** Sends lines to a front. */
    private interface Wire {
        void say(String line);
    }

    /** The process with the sessions. It runs on a single loop. */
    private final class Owner {
        private final Sessions sessions = new Sessions(new SessionIds("owner1"), SessionOptions.defaults(),
                new MemoryBudget(1_000_000), 10);
        private final Map<String, Exchange> exchanges = new HashMap<>();
        private final Map<String, WebSocketOffer> offers = new HashMap<>();
        private final Map<String, WebSocketLink> links = new HashMap<>();
        private final Queue<String> news = new ArrayDeque<>();

        void take(String line, Wire back) {
            String[] words = line.split(" ", 4);
            String id = words[1];
            if (words[0].equals("open")) {
                var made = sessions.create(sessions.name(), TransportKind.POLLING, Framing.V4, loop)
                        .orElseThrow();
                made.open(new Greeter(made));
                made.poll(exchange(id, back));
                return;
            }
            var session = sessions.find(words[2]).orElse(null);
            if (session == null) {
                back.say("refuse " + id + " " + EngineError.UNKNOWN_SID.code());
                return;
            }
            switch (words[0]) {
                case "poll" -> session.poll(exchange(id, back));
                case "cancel" -> session.pollLost(known(exchanges, id));
                case "post" -> {
                    var post = exchange(id, back);
                    if (session.postStarted(post)) {
                        session.postReceived(post, words[3]);
                    }
                }
                case "offer" -> session.offerWebSocket(offer(id, back));
                case "attach" -> session.attach(known(offers, id), link(id, back));
                case "text" -> session.text(known(links, id), words[3]);
                case "lost" -> session.lost(known(links, id));
                default -> throw new IllegalArgumentException(line);
            }
        }

        private static <T> T known(Map<String, T> all, String id) {
            var one = all.get(id);
            if (one == null) {
                throw new IllegalArgumentException("nothing is called " + id);
            }
            return one;
        }

        /** Runs the loop and expects this news next, or after others that the queue was sent. */
        void hears(String what) {
            loop.run();
            String heard = String.valueOf(news.poll());
            while (heard.equals("drained") && !what.equals("drained")) {
                heard = String.valueOf(news.poll());
            }
            assertThat(heard).isEqualTo(what);
        }

        private Exchange exchange(String id, Wire back) {
            var exchange = new FarExchange(id, back);
            exchanges.put(id, exchange);
            return exchange;
        }

        private WebSocketOffer offer(String id, Wire back) {
            var offer = new FarOffer(id, back);
            offers.put(id, offer);
            return offer;
        }

        private WebSocketLink link(String id, Wire back) {
            var link = new FarLink(id, back);
            links.put(id, link);
            return link;
        }
    }

    private record FarExchange(String id, Wire back) implements Exchange {
        @Override
        public void respond(String body, boolean compress, Consumer<Outcome> then) {
            back.say("answer " + id + " " + body);
            then.accept(Outcome.SENT);
        }

        @Override
        public void respond(byte[] body, boolean compress, Consumer<Outcome> then) {
            throw new IllegalStateException("no bytes in this test");
        }

        @Override
        public void refuse(EngineError error, String why) {
            back.say("refuse " + id + " " + error.code());
        }
    }

    private record FarOffer(String id, Wire back) implements WebSocketOffer {
        @Override
        public void accept() {
            back.say("accept " + id);
        }

        @Override
        public void turnAway() {
            back.say("reject " + id);
        }

        @Override
        public void refuse(EngineError error, String why) {
            back.say("reject " + id);
        }
    }

    private record FarLink(String id, Wire back) implements WebSocketLink {
        @Override
        public void write(List<EnginePacket> packets, long shared) {
            packets.forEach(packet -> back.say("frame " + id + " " + EngineCodec.encode(packet)));
        }

        @Override
        public void close() {
            back.say("close " + id);
        }
    }

    /** Replies to each message. */
    private final class Greeter implements SessionOwner {
        private final EngineSession session;

        Greeter(EngineSession session) {
            this.session = session;
        }

        @Override
        public void deliver(EnginePacket packet) {
            session.send(
                    List.of(new EnginePacket.Message(((EnginePacket.Message) packet).text() + ", hello")));
        }

        @Override
        public void upgraded(Duration took) {
            owner.news.add("upgraded");
        }

        @Override
        public void drained() {
            owner.news.add("drained");
        }

        @Override
        public void closed(CloseReason reason, CloseCause cause) {
            owner.news.add("closed " + reason.text());
        }

        @Override
        public void settled() {}
    }
}
