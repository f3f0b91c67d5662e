package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Failure;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.Http;
import dev.parley.doctor.wire.WebSocketLine;
import dev.parley.doctor.wire.WebSocketLine.Frame;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session on a WebSocket. */
final class WebSocketSession implements Session {
    private static final Duration HOLD = Duration.ofMinutes(3);

    private final int revision;
    private final WebSocketLine line;
    private final Inbox inbox = new Inbox();
    private final Thread reader;

    WebSocketSession(int revision, WebSocketLine line) {
        this.revision = revision;
        this.line = line;
        this.reader = Thread.ofVirtual().name("doctor-websocket").start(this::read);
    }

    /** A WebSocket with no polling before, past its handshake. */
    static WebSocketSession open(Caller caller) throws SessionEnded {
        var knock = Knock.on(caller, Optional.empty(), new Jar());
        var line = knock.line();
        if (line == null) {
            throw new SessionEnded(knock.outcome());
        }
        try {
            if (line.read(caller.answer()) instanceof Frame.Text text
                    && Handshake.read(text.text()).isPresent()) {
                return new WebSocketSession(caller.revision(), line);
            }
            line.close();
            throw PollingSession.late();
        } catch (WireException e) {
            line.close();
            throw new SessionEnded(new Outcome.Failed(e.failure(), Duration.ZERO));
        }
    }

    /** An attempt to open a WebSocket: the answer, and the line if it was granted. */
    record Knock(Outcome outcome, @Nullable WebSocketLine line) {

        static Knock on(Caller caller, Optional<String> sid, Jar jar) {
            Http http;
            try {
                http = caller.open(caller.answer());
            } catch (WireException e) {
                return new Knock(new Outcome.Failed(e.failure(), Duration.ZERO), null);
            }
            var request = jar
                    .on(WebSocketLine.request(caller.target().target(caller.revision(), "websocket", sid)));
            boolean asksOrigin = caller.target().origin().isEmpty();
            // Browsers always say where the page comes from; without --origin the page is the server's own.
            var dressed = asksOrigin ? request.with("Origin", caller.target().endpoint().origin()) : request;
            var outcome = caller.call(http, dressed, caller.answer());
            boolean granted = outcome.answer().filter(WebSocketLine::accepted).isPresent();
            if (!granted) {
                http.line().close();
                return new Knock(outcome, null);
            }
            return new Knock(outcome, new WebSocketLine(http.line(), caller::answer));
        }
    }

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public void send(List<EnginePacket> packets) throws SessionEnded {
        try {
            for (var packet : packets) {
                if (packet instanceof EnginePacket.Binary binary) {
                    line.send(revision == 3 ? Engine3Codec.encode(binary) : binary.data());
                } else {
                    line.send(EngineCodec.encode(packet));
                }
            }
        } catch (WireException e) {
            throw new SessionEnded(new Outcome.Failed(e.failure(), Duration.ZERO));
        }
    }

    @Override
    public @Nullable EnginePacket next(Duration timeout) throws SessionEnded, InterruptedException {
        return inbox.next(timeout);
    }

    @Override
    public void leave() {
        line.cut();
        reader.interrupt();
    }

    @Override
    public void close() {
        line.close();
        reader.interrupt();
    }

    private void read() {
        try {
            while (true) {
                switch (line.read(HOLD)) {
                    case Frame.Text text -> receive(EngineCodec.decode(text.text()));
                    case Frame.Binary binary -> inbox.put(revision == 3 ? Engine3Codec.decode(binary.data())
                            : new EnginePacket.Binary(binary.data()));
                    case Frame.Closed closed -> {
                        inbox.end(closedBy("close code " + closed.code()));
                        return;
                    }
                }
            }
        } catch (WireException e) {
            inbox.end(new Outcome.Failed(e.failure(), Duration.ZERO));
        } catch (MalformedPacketException e) {
            inbox.end(closedBy("a frame that is no packet"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(EnginePacket packet) throws InterruptedException, WireException {
        switch (packet) {
            case EnginePacket.Ping ping -> line.send(EngineCodec.encode(new EnginePacket.Pong(ping.data())));
            case EnginePacket.Message message -> inbox.put(message);
            case EnginePacket.Pong pong -> inbox.put(pong);
            case EnginePacket.Close close -> inbox.end(closedBy("close packet"));
            case EnginePacket.Binary binary -> inbox.put(binary);
            case EnginePacket.Open open -> {}
            case EnginePacket.Upgrade upgrade -> {}
            case EnginePacket.Noop noop -> {}
        }
    }

    private static Outcome closedBy(String how) {
        return new Outcome.Failed(new Failure(Failure.Kind.CLOSED, how), Duration.ZERO);
    }
}
