package dev.parley.client;

import dev.parley.client.ClientException.Kind;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketPacket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An event of the server, as handlers receive it. */
public final class ReceivedEvent {
    private final String name;
    private final EventArguments values;
    private final boolean wantsAck;
    private final Consumer<Arguments> answer;
    private final AtomicBoolean answered = new AtomicBoolean();

    ReceivedEvent(SocketPacket.Event packet, Consumer<Arguments> answer) {
        this.name = packet.arguments().name();
        this.values = EventArguments.read(packet.arguments(), 1);
        this.wantsAck = packet.ackId() != null;
        this.answer = answer;
    }

    public String name() {
        return name;
    }

    /** Returns the arguments after the name. */
    public EventArguments values() {
        return values;
    }

    /** Returns whether the server waits for {@link #ack}. */
    public boolean wantsAck() {
        return wantsAck;
    }

    /** Acknowledges the event, once, with values as in {@link SocketClient#emit}. Safe from any thread. */
    public void ack(@Nullable Object... values) {
        if (!wantsAck || !answered.compareAndSet(false, true)) {
            throw new ClientException(Kind.PROTOCOL, "The event \"" + name + "\" waits for no answer.");
        }
        answer.accept(EventArguments.write(null, values));
    }
}
