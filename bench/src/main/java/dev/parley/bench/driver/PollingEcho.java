package dev.parley.bench.driver;

import dev.parley.bench.packet.PacketTexts;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.TransportKind;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends over polling: a GET hangs all the time, and messages that gather while a POST is under way go in the next one. */
final class PollingEcho implements EchoClient {
    private static final ByteBuf HANDSHAKE = PreparedBytes.get(PacketTexts.path(TransportKind.POLLING));
    private static final char SEPARATOR = EngineCodec.SEPARATOR;
    private static final AtomicLong FLOOR_SIDS = new AtomicLong();

    private final Shape shape;
    private final Listener listener;
    private final HttpLane handshakes;
    private final HttpLane gets;
    private final HttpLane posts;
    private final SendTimes sent = new SendTimes();
    private final String message;
    private String address = "";
    private ByteBuf poll = HANDSHAKE;
    private @Nullable ByteBuf single;
    private int waiting;
    private boolean posting;
    private boolean ready;
    private boolean closed;

    PollingEcho(Driver driver, Load.Route route, Shape shape, Listener listener) {
        this.shape = shape;
        this.listener = listener;
        this.handshakes = new HttpLane(driver, route.first());
        this.gets = new HttpLane(driver, route.then());
        this.posts = new HttpLane(driver, route.then());
        this.message = PreparedBytes.event(shape.event(), Shape.PAYLOAD);
    }

    @Override
    public void open() {
        if (!shape.handshake()) {
            named("floor" + FLOOR_SIDS.incrementAndGet());
            ready = true;
            listener.ready();
            gets.ask(poll, this::polled);
            return;
        }
        handshakes.ask(poll, (status, body) -> {
            handshakes.close();
            var sid = status == 200 ? PacketTexts.sid(body) : Optional.<String>empty();
            if (sid.isEmpty()) {
                fail();
                return;
            }
            named(sid.get());
            gets.ask(poll, this::polled);
            post(PreparedBytes.post(address, PacketTexts.CONNECT));
        });
    }

    @Override
    public void fire() {
        if (sent.isFull()) {
            return;
        }
        sent.add(System.nanoTime());
        waiting++;
        if (!posting) {
            postWaiting();
        }
    }

    @Override
    public void close() {
        closed = true;
        handshakes.close();
        gets.close();
        posts.close();
    }

    private void named(String sid) {
        address = PacketTexts.path(TransportKind.POLLING, sid);
        poll = PreparedBytes.get(address);
        single = PreparedBytes.post(address, message);
    }

    private void postWaiting() {
        int count = waiting;
        waiting = 0;
        post(count == 1 && single != null ? single
                : PreparedBytes.post(address, String.join(String.valueOf(SEPARATOR),
                        java.util.Collections.nCopies(count, message))));
    }

    private void post(ByteBuf request) {
        posting = true;
        posts.ask(request, (status, body) -> {
            posting = false;
            if (status != 200) {
                fail();
            } else if (waiting > 0) {
                postWaiting();
            }
        });
    }

    private void polled(int status, String body) {
        if (status != 200) {
            fail();
            return;
        }
        if (!closed) {
            gets.ask(poll, this::polled);
        }
        int from = 0;
        while (from >= 0 && from < body.length()) {
            packet(body, from);
            int separator = body.indexOf(SEPARATOR, from);
            from = separator < 0 ? -1 : separator + 1;
        }
    }

    private void packet(String body, int from) {
        if (body.startsWith(PacketTexts.CONNECT, from) && !ready) {
            ready = true;
            listener.ready();
        } else if (body.startsWith(PacketTexts.EVENT, from)) {
            long at = sent.poll();
            listener.echoed(this, at < 0 ? -1 : System.nanoTime() - at);
        } else if (body.charAt(from) == PacketTexts.PING_TYPE && !posting) {
            post(PreparedBytes.post(address, PacketTexts.PONG));
        }
    }

    private void fail() {
        if (!closed) {
            close();
            listener.lost(this);
        }
    }
}
