package dev.parley.app.call;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Event;
import dev.parley.server.RawJson;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.voice.conversation.BrowserCommand;
import dev.parley.voice.conversation.ConversationOptions;
import java.util.List;

/** Gives every socket of the default namespace a seat at the exchange. */
public final class Sockets {

    /**
     * The events of the browser contract. All are handled on the event loop, where they only enter the call's mailbox: so they keep the
     * order in which the browser sent them.
     */
    private static final List<String> EVENTS = List.of("initializeConnection", "promptStart", "systemPrompt",
            "conversationResumption", "audioStart", "audioInput", "textInput", "startNewChat", "stopAudio",
            "voiceConfig");

    private static final ConversationOptions.Limits LIMITS = ConversationOptions.Limits.defaults();

    private Sockets() {}

    /** From now on sockets that connect to the server talk to the exchange. */
    public static void connect(SocketIoServer server, Exchange exchange) {
        server.of("/").onConnection(socket -> {
            Seat seat = new Seat(exchange, new SocketLine(socket));
            EVENTS.forEach(name -> socket.onInline(name, event -> pass(event, seat)));
            socket.onDisconnect(seat::gone);
        });
    }

    private static void pass(Event event, Seat seat) {
        Arguments arguments = event.arguments();
        var command = BrowserCommand.decode(event.name(), arguments.json(), arguments.attachments(), LIMITS);
        seat.browser(command, event.wantsAck(), answer -> event.ack(new RawJson(inside(answer))));
    }

    /** An acknowledgement is an array of one value. */
    private static String inside(String array) {
        return array.substring(1, array.length() - 1);
    }

    private record SocketLine(Socket socket) implements Line {
        @Override
        public String id() {
            return socket.id();
        }

        @Override
        public void emit(String event, String json, List<byte[]> attachments) {
            socket.emitRaw(Arguments.ofChecked(json, attachments));
        }

        @Override
        public void hangUp() {
            socket.disconnect(true);
        }
    }
}
