package dev.parley.cluster.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.broker.Traffic;
import dev.parley.server.engine.NodeRelay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RedisRelayTest {
    private static final NodeRelay.Request REQUEST = new NodeRelay.Request("GET", "/", List.of(),
            new byte[0]);

    private final Channels channels = new Channels();
    private final List<Runnable> timers = new ArrayList<>();
    private final RedisRelay asker = relay("A");
    private final RedisRelay owner = relay("B");
    private final Recorder response = new Recorder();
    private final Owner served = new Owner();

    @Test
    void carriesARequestAndItsResponse() {
        owner.serve(served);
        asker.to("B").send(REQUEST, response);
        assertThat(served.log).containsExactly("GET /");
        served.receiver.responded(new NodeRelay.Response(200, List.of(), new byte[]{7}));
        assertThat(response.log).containsExactly("200");
        assertThat(asker.size() + owner.size()).isZero();
    }

    @Test
    void carriesAStreamInBothDirections() {
        owner.serve(served);
        var call = asker.to("B").send(REQUEST, response);
        served.receiver.responded(new NodeRelay.Response(101, List.of(), new byte[0]));
        call.write(new byte[]{1});
        served.receiver.data(new byte[]{2});
        call.consumed(1);
        served.receiver.consumed(5);
        call.write(new byte[]{3});
        call.end();
        assertThat(served.log).containsExactly("GET /", "data 1", "consumed 1", "data 3", "end");
        assertThat(response.log).containsExactly("101", "data 2", "consumed 5");
        assertThat(asker.size() + owner.size()).isZero();
    }

    @Test
    void aLostMessageEndsItsStreamOnBothSides() {
        owner.serve(served);
        var call = asker.to("B").send(REQUEST, response);
        served.receiver.responded(new NodeRelay.Response(101, List.of(), new byte[0]));
        channels.lose = bytes -> true;
        call.write(new byte[]{1});
        channels.lose = bytes -> false;
        call.write(new byte[]{2});
        assertThat(served.log).containsExactly("GET /", "end");
        assertThat(response.log).containsExactly("101", "ended");
        assertThat(asker.size() + owner.size()).isZero();
    }

    @Test
    void asksAgainWhileNobodyListensAndGivesUp() {
        var late = new RedisRelay("C", "p", channels, (delay, action) -> {
            timers.add(action);
            return () -> {};
        }, new Traffic(), 1_000);
        late.close();
        asker.to("C").send(REQUEST, response);
        for (int i = 0; i < 10; i++) {
            assertThat(response.log).isEmpty();
            runTimers();
        }
        assertThat(response.log).containsExactly("ended");
        assertThat(asker.size()).isZero();
    }

    @Test
    void aServerThatListensLateIsAskedOnce() {
        asker.to("D").send(REQUEST, response);
        runTimers();
        var late = relay("D");
        late.serve(served);
        runTimers();
        runTimers();
        assertThat(served.log).containsExactly("GET /");
    }

    @Test
    void endsWhatALostConnectionOrServerMayHaveLost() {
        owner.serve(served);
        asker.to("B").send(REQUEST, response);
        asker.memberLeft("C");
        assertThat(response.log).isEmpty();
        asker.memberLeft("B");
        assertThat(response.log).containsExactly("ended");
        assertThat(served.log).containsExactly("GET /", "end");
        var second = new Recorder();
        asker.to("B").send(REQUEST, second);
        owner.disconnected();
        assertThat(second.log).containsExactly("ended");
        assertThat(asker.size() + owner.size()).isZero();
    }

    @Test
    void refusesWhatIsTooLargeAndRequestsBeyondTheLimit() {
        owner.serve(served);
        asker.to("B").send(new NodeRelay.Request("POST", "/", List.of(), new byte[2_000]), response);
        assertThat(response.log).containsExactly("ended");
        for (int i = 0; i < RedisRelay.MAX_CALLS; i++) {
            asker.to("B").send(REQUEST, new Recorder());
        }
        var further = new Recorder();
        asker.to("B").send(REQUEST, further);
        assertThat(further.log).containsExactly("ended");
        assertThat(served.log).hasSize(RedisRelay.MAX_CALLS);
    }

    @Test
    void responseThatCannotBeSentEndsTheRequest() {
        owner.serve(served);
        asker.to("B").send(REQUEST, response);
        served.receiver.responded(new NodeRelay.Response(200, List.of(), new byte[2_000]));
        assertThat(response.log).containsExactly("ended");
        assertThat(asker.size() + owner.size()).isZero();
    }

    @Test
    void headerThatNoMessageHoldsEndsItsRequestOnEitherSide() {
        owner.serve(served);
        var tooLong = List.of(new NodeRelay.Header("X-Long", "x".repeat(70_000)));
        asker.to("B").send(new NodeRelay.Request("GET", "/", tooLong, new byte[0]), response);
        assertThat(response.log).containsExactly("ended");
        assertThat(served.log).isEmpty();
        var second = new Recorder();
        asker.to("B").send(REQUEST, second);
        served.receiver.responded(new NodeRelay.Response(200, tooLong, new byte[0]));
        assertThat(second.log).containsExactly("ended");
        assertThat(asker.size() + owner.size()).isZero();
    }

    @Test
    void requestWithoutRoomIsRefusedAndTheOthersGoOn() {
        owner.serve(served);
        var large = new NodeRelay.Request("POST", "/", List.of(), new byte[16_000_000]);
        var roomy = new RedisRelay("E", "p", channels, (delay, action) -> () -> {}, new Traffic(),
                17_000_000);
        channels.hold = true;
        var first = new Recorder();
        var second = new Recorder();
        var third = new Recorder();
        roomy.to("B").send(large, first);
        roomy.to("B").send(large, second);
        roomy.to("B").send(large, third);
        assertThat(first.log).isEmpty();
        assertThat(second.log).isEmpty();
        assertThat(third.log).containsExactly("503");
        assertThat(roomy.size()).isEqualTo(2);
        channels.hold = false;
        channels.release();
        assertThat(roomy.size()).isEqualTo(2);
    }

    @Test
    void aServerThatServesNothingEndsRequests() {
        asker.to("B").send(REQUEST, response);
        assertThat(response.log).containsExactly("ended");
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // the fake delivers at once
    void aMessageOfAnotherServerEndsNothing() {
        owner.serve(served);
        asker.to("B").send(REQUEST, response);
        channels.publish("p-relay#A#",
                new RelayMessage("C", 1, false, new RelayMessage.Content.Ends(0)).encode());
        channels.publish("p-relay#A#", new byte[]{1, 2, 3});
        assertThat(response.log).isEmpty();
    }

    private void runTimers() {
        var due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    private RedisRelay relay(String tag) {
        return new RedisRelay(tag, "p", channels, (delay, action) -> {
            timers.add(action);
            return () -> {};
        }, new Traffic(), 1_000);
    }

    /** The request at its owner, which writes down what comes. */
    private static final class Owner implements NodeRelay {
        final List<String> log = new ArrayList<>();
        Receiver receiver = new Recorder();

        @Override
        public Call send(Request request, Receiver to) {
            log.add(request.method() + " " + request.uri());
            receiver = to;
            return new Call() {
                @Override
                public void write(byte[] bytes) {
                    log.add("data " + bytes[0]);
                }

                @Override
                public void consumed(int bytes) {
                    log.add("consumed " + bytes);
                }

                @Override
                public void end() {
                    log.add("end");
                }
            };
        }
    }

    private static final class Recorder implements NodeRelay.Receiver {
        final List<String> log = new ArrayList<>();

        @Override
        public void responded(NodeRelay.Response response) {
            log.add(Integer.toString(response.status()));
        }

        @Override
        public void data(byte[] bytes) {
            log.add("data " + bytes[0]);
        }

        @Override
        public void consumed(int bytes) {
            log.add("consumed " + bytes);
        }

        @Override
        public void ended() {
            log.add("ended");
        }
    }

    /** Delivers at once, or loses. */
    private static final class Channels extends SilentLink {
        final Map<String, Listener> listeners = new HashMap<>();
        final List<CompletableFuture<Long>> held = new ArrayList<>();
        Predicate<byte[]> lose = bytes -> false;
        boolean hold;

        /** Confirms what was held. */
        void release() {
            List.copyOf(held).forEach(each -> each.complete(1L));
        }

        @Override
        public CompletionStage<Long> publish(String channel, byte[] message) {
            if (hold) {
                held.add(new CompletableFuture<>());
                return held.getLast();
            }
            var listener = listeners.get(channel);
            if (listener == null) {
                return CompletableFuture.completedStage(0L);
            }
            if (lose.test(message)) {
                return CompletableFuture.completedStage(1L); // lost behind Redis
            }
            listener.on(channel, message);
            return CompletableFuture.completedStage(1L);
        }

        @Override
        public Subscription subscribe(List<String> names, Listener listener) {
            names.forEach(name -> listeners.put(name, listener));
            return () -> names.forEach(listeners::remove);
        }
    }
}
