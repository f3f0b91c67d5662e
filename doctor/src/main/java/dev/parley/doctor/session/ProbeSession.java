package dev.parley.doctor.session;

import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open Engine.IO session on one transport. One thread sends and one receives. Pings of the server are answered automatically. */
public interface ProbeSession extends AutoCloseable {

    String transport();

    /** Opens a session on one transport and reads its handshake. */
    static ProbeSession open(ProbeClient client, boolean webSocket) throws SessionEndedException {
        return webSocket ? WebSocketSession.open(client) : PollingSession.open(client);
    }

    /** Sends packets. Over polling, returns when the server has responded to the POST. */
    void send(List<EnginePacket> packets) throws SessionEndedException;

    /** Returns the next message, or null after {@code timeout}. */
    @Nullable EnginePacket next(Duration timeout) throws SessionEndedException, InterruptedException;

    /** Closes the connections without a close packet, as a failing network does. */
    void drop();

    @Override
    void close();

    default void sendMessage(String socketPacket) throws SessionEndedException {
        send(List.of(new EnginePacket.Message(socketPacket)));
    }

    /**
     * Waits for a text message with one of the prefixes, and skips other messages.
     *
     * @return the message, or null after {@code timeout}
     */
    default @Nullable String awaitMessage(Duration timeout, String... prefixes)
            throws SessionEndedException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            var packet = next(Duration.ofNanos(end - System.nanoTime()));
            if (packet == null) {
                return null;
            }
            if (packet instanceof EnginePacket.Message message) {
                for (String prefix : prefixes) {
                    if (message.text().startsWith(prefix)) {
                        return message.text();
                    }
                }
            }
        }
    }
}
