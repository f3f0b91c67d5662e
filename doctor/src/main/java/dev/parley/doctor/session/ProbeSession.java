package dev.parley.doctor.session;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.SocketEncoder;
import dev.parley.protocol.socket.SocketPacket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An open Engine.IO session on one transport. One thread sends and one receives. Pings of the server are answered automatically. */
public interface ProbeSession extends AutoCloseable {

    String transport();

    /** Opens a session on one transport and reads its handshake. */
    static ProbeSession open(ProbeClient client, boolean webSocket) throws SessionEndedException {
        return MachineSession.open(client, webSocket ? TransportKind.WEBSOCKET : TransportKind.POLLING);
    }

    /** Sends packets. Over polling, returns when the server has responded to the POST. */
    void send(List<EnginePacket> packets) throws SessionEndedException;

    /** Returns the next message, or null after {@code timeout}. */
    @Nullable EnginePacket next(Duration timeout) throws SessionEndedException, InterruptedException;

    /** Closes the connections without a close packet, as a failing network does. */
    void drop();

    @Override
    void close();

    /** Sends a Socket.IO packet. */
    default void send(SocketPacket packet) throws SessionEndedException {
        send(SocketEncoder.encode(packet));
    }

    /**
     * Waits for a Socket.IO packet that matches, and skips others.
     *
     * @return the packet, or empty after {@code timeout}
     */
    default Optional<SocketPacket> await(Duration timeout, Predicate<SocketPacket> wanted)
            throws SessionEndedException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            var packet = next(Duration.ofNanos(end - System.nanoTime()));
            if (packet == null) {
                return Optional.empty();
            }
            var read = SocketPackets.read(packet).filter(wanted);
            if (read.isPresent()) {
                return read;
            }
        }
    }
}
