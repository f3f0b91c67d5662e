package dev.parley.app.call;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Event;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.voice.contract.BrowserCodec;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.CommandLimits;
import dev.parley.voice.contract.EncodedEvent;

/** Gives every socket of the default namespace a seat at the exchange. */
public final class Sockets {

    private static final CommandLimits LIMITS = CommandLimits.defaults();

    private Sockets() {}

    /**
     * Connects the sockets of the default namespace to the exchange. All commands are handled on the event loop, where they only enter the
     * call's mailbox: so they keep the order in which the browser sent them.
     */
    public static void connect(SocketIoServer server, Exchange exchange) {
        server.of("/").onConnection(socket -> {
            Seat seat = new Seat(exchange, new SocketLine(socket));
            BrowserCommand.NAMES.forEach(name -> socket.onInline(name, event -> pass(event, seat)));
            socket.onDisconnect(seat::gone);
        });
    }

    private static void pass(Event event, Seat seat) {
        seat.browser(decode(event.name(), event.arguments()), event.wantsAck(),
                answer -> event.ackRaw(Arguments.of(BrowserCodec.encode(answer))));
    }

    private static BrowserCommand decode(String name, Arguments arguments) {
        return arguments.plainText()
                .map(text -> BrowserCodec.decode(name, text, LIMITS))
                .orElseGet(() -> BrowserCodec.decode(name, arguments.json(), arguments.attachments(),
                        LIMITS));
    }

    private record SocketLine(Socket socket) implements Line {
        @Override
        public String id() {
            return socket.id();
        }

        @Override
        public void emit(EncodedEvent event) {
            socket.emitRaw(Arguments.ofChecked(event.json(), event.attachments()));
        }

        @Override
        public void hangUp() {
            socket.disconnect(true);
        }
    }
}
