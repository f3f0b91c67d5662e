package dev.parley.bench.driver;

import dev.parley.bench.packet.PacketTexts;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.TransportKind;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One client of the storm. */
final class UpgradingClient implements WebSocketLane.Listener {
    private static final long TIMEOUT_SECONDS = 5;
    private static final ByteBuf HANDSHAKE = PreparedBytes.get(PacketTexts.path(TransportKind.POLLING));
    private static final ByteBuf PROBE = PreparedBytes.text(PacketTexts.PROBE);
    private static final String LATER_CONNECT = EngineCodec.SEPARATOR + PacketTexts.CONNECT;
    private static final ByteBuf UPGRADE = PreparedBytes.text(PacketTexts.UPGRADE);
    private static final ByteBuf MESSAGE = PreparedBytes.text(PreparedBytes.event("text", Shape.PAYLOAD));

    private final Driver driver;
    private final int port;
    private final UpgradeStorm.Lanes lanes;
    private final LongConsumer done;
    private final long begun = System.nanoTime();
    private ByteBuf poll = HANDSHAKE;
    private @Nullable WebSocketLane webSocket;
    private @Nullable Future<?> timeout;
    private boolean polling;
    private boolean posting;
    private boolean pausing;
    private boolean upgraded;
    private boolean connected;
    private boolean ended;

    UpgradingClient(Driver driver, int port, UpgradeStorm.Lanes lanes, LongConsumer done) {
        this.driver = driver;
        this.port = port;
        this.lanes = lanes;
        this.done = done;
    }

    void begin() {
        timeout = driver.loop().schedule(() -> end(-1), TIMEOUT_SECONDS, TimeUnit.SECONDS);
        lanes.gets().ask(HANDSHAKE, (status, body) -> {
            var sid = status == 200 ? PacketTexts.sid(body) : Optional.<String>empty();
            if (sid.isEmpty()) {
                end(-1);
                return;
            }
            String path = PacketTexts.path(TransportKind.POLLING, sid.get());
            poll = PreparedBytes.get(path);
            webSocket = WebSocketLane.connect(driver, port,
                    PacketTexts.path(TransportKind.WEBSOCKET, sid.get()), this);
            poll();
            posting = true;
            lanes.posts().ask(PreparedBytes.post(path, PacketTexts.CONNECT), (answer, text) -> {
                posting = false;
                paused();
            });
        });
    }

    private void poll() {
        polling = true;
        lanes.gets().ask(poll, (status, body) -> {
            polling = false;
            if (status != 200) {
                end(-1);
                return;
            }
            connected |= body.startsWith(PacketTexts.CONNECT) || body.contains(LATER_CONNECT);
            if (pausing) {
                paused();
            } else if (!ended) {
                poll();
            }
        });
    }

    @Override
    public void opened() {
        send(PROBE);
    }

    @Override
    public void text(char engine, char socket) {
        if (engine == PacketTexts.PONG_TYPE) {
            pausing = true;
            paused();
        } else if (engine == PacketTexts.MESSAGE_TYPE && socket == PacketTexts.CONNECT_TYPE) {
            connected = true;
            greet();
        } else if (engine == PacketTexts.MESSAGE_TYPE && socket == PacketTexts.EVENT_TYPE) {
            end(System.nanoTime() - begun);
        }
    }

    @Override
    public void binary() {}

    @Override
    public void lost() {
        end(-1);
    }

    /** Engine.IO, "Upgrade": the client upgrades once its polling has come to rest. */
    private void paused() {
        if (pausing && !polling && !posting && !upgraded) {
            upgraded = true;
            send(UPGRADE);
            greet();
        }
    }

    private void greet() {
        if (upgraded && connected) {
            send(MESSAGE);
        }
    }

    private void send(ByteBuf frame) {
        if (webSocket != null) {
            webSocket.send(frame);
        }
    }

    private void end(long nanos) {
        if (ended) {
            return;
        }
        ended = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (webSocket != null) {
            webSocket.close();
        }
        done.accept(nanos);
    }
}
