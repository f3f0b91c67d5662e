package dev.parley.bench.driver;

import dev.parley.bench.packet.PacketTexts;
import dev.parley.protocol.engine.TransportKind;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Sends over a WebSocket. */
final class WebSocketEcho implements EchoClient, WebSocketLane.Listener {
    private static final String PATH = PacketTexts.path(TransportKind.WEBSOCKET);
    private static final ByteBuf CONNECT = PreparedBytes.text(PacketTexts.CONNECT);

    private final Driver driver;
    private final int port;
    private final Shape shape;
    private final Payload payload;
    private final Listener listener;
    private final SendTimes sent = new SendTimes();
    private @Nullable WebSocketLane lane;
    private boolean ready;

    WebSocketEcho(Driver driver, int port, Shape shape, Payload payload, Listener listener) {
        this.driver = driver;
        this.port = port;
        this.shape = shape;
        this.payload = payload;
        this.listener = listener;
    }

    @Override
    public void open() {
        lane = WebSocketLane.connect(driver, port, PATH, this);
    }

    @Override
    public void fire() {
        var to = lane;
        if (to != null && !sent.isFull()) {
            sent.add(System.nanoTime());
            to.send(payload.frames());
        }
    }

    @Override
    public void close() {
        var closing = lane;
        lane = null;
        if (closing != null) {
            closing.close();
        }
    }

    @Override
    public void opened() {
        if (!shape.handshake()) {
            ready = true;
            listener.ready();
        }
    }

    @Override
    public void text(char engine, char socket) {
        if (engine == PacketTexts.OPEN_TYPE && shape.handshake() && !ready && lane != null) {
            lane.send(CONNECT);
        } else if (engine == PacketTexts.MESSAGE_TYPE && socket == PacketTexts.CONNECT_TYPE && !ready) {
            ready = true;
            listener.ready();
        } else if (engine == PacketTexts.MESSAGE_TYPE && socket == PacketTexts.EVENT_TYPE
                && shape.kind() != Shape.Kind.BINARY) {
            echoed();
        }
    }

    @Override
    public void binary() {
        if (shape.kind() == Shape.Kind.BINARY) {
            echoed();
        }
    }

    @Override
    public void lost() {
        if (lane != null) {
            lane = null;
            listener.lost(this);
        }
    }

    private void echoed() {
        long at = sent.poll();
        listener.echoed(this, at < 0 ? -1 : System.nanoTime() - at);
    }

    /** The frames of one message, shared by all clients. */
    record Payload(ByteBuf frames) {
        static Payload of(Shape shape) {
            return new Payload(switch (shape.kind()) {
                case TEXT, BROADCAST -> PreparedBytes.text(PreparedBytes.event(shape.event(), Shape.PAYLOAD));
                case BINARY ->
                    PreparedBytes.both(PreparedBytes.text(PacketTexts.attachmentEvent(shape.event())),
                            PreparedBytes.binary(PreparedBytes.noise(Shape.PAYLOAD)));
            });
        }
    }
}
