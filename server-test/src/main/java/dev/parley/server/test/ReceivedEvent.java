package dev.parley.server.test;

import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketPacket;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An event that a client received. Safe from any thread. */
public final class ReceivedEvent extends ReceivedValues {
    private final String name;
    private final ValueCodec codec;
    private final boolean wantsAck;
    private final Consumer<Arguments> answer;
    private final AtomicBoolean acknowledged = new AtomicBoolean();

    ReceivedEvent(SocketPacket.Event packet, ValueCodec codec, Consumer<Arguments> answer) {
        super(codec, withoutName(codec.read(packet.arguments())));
        this.name = packet.arguments().name();
        this.codec = codec;
        this.wantsAck = packet.ackId() != null;
        this.answer = answer;
    }

    private static List<JsonNode> withoutName(List<JsonNode> all) {
        return all.subList(1, all.size());
    }

    /** The event's name. */
    public String name() {
        return name;
    }

    /** Returns whether the server asked for an acknowledgement. */
    public boolean wantsAck() {
        return wantsAck;
    }

    /**
     * Acknowledges the event. Blocks until the server's handlers have finished, as {@link TestClient} describes; in a handler, does not
     * wait.
     *
     * @param values as for {@link TestClient#emit}
     * @throws IllegalStateException when the server asked for no acknowledgement, or the event was acknowledged before
     * @throws AssertionError        when a handler of the server has not finished in time
     */
    public void ack(@Nullable Object... values) {
        if (!wantsAck) {
            throw new IllegalStateException("The server waits for no acknowledgement of " + this);
        }
        var encoded = codec.write(null, values);
        if (!acknowledged.compareAndSet(false, true)) {
            throw new IllegalStateException("The event was acknowledged before: " + this);
        }
        answer.accept(encoded);
    }

    /** Name and arguments, for messages of failed tests. */
    @Override
    public String toString() {
        return name + super.toString();
    }
}
