package dev.parley.doctor.probe;

import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open Engine.IO session on one transport. One thread sends, one takes. The server's pings are answered by themselves. */
interface Session extends AutoCloseable {

    String transport();

    /** One on this transport, past its handshake. */
    static Session open(Caller caller, boolean webSocket) throws SessionEnded {
        return webSocket ? WebSocketSession.open(caller) : PollingSession.open(caller);
    }

    /** Returns when the packets are on their way: over polling, when their request was answered. */
    void send(List<EnginePacket> packets) throws SessionEnded;

    /** The next message; null if none came in time. */
    @Nullable EnginePacket next(Duration timeout) throws SessionEnded, InterruptedException;

    /** Breaks off without a word, as a network that fails does. */
    void leave();

    @Override
    void close();

    default void say(String socketPacket) throws SessionEnded {
        send(List.of(new EnginePacket.Message(socketPacket)));
    }

    /**
     * Waits for a text message that begins with one of these, and skips others.
     *
     * @return null if it did not come in time
     */
    default @Nullable String await(Duration timeout, String... beginnings)
            throws SessionEnded, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            var packet = next(Duration.ofNanos(end - System.nanoTime()));
            if (packet == null) {
                return null;
            }
            if (packet instanceof EnginePacket.Message message) {
                for (String beginning : beginnings) {
                    if (message.text().startsWith(beginning)) {
                        return message.text();
                    }
                }
            }
        }
    }
}
