package dev.parley.calls;

import dev.parley.calls.browser.BrowserConnection;
import dev.parley.calls.visitor.Admission;
import dev.parley.calls.visitor.Visitor;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Event;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.voice.contract.BrowserCodec;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.CommandLimits;
import dev.parley.voice.contract.EncodedEvent;
import java.util.function.Function;

/** Binds each socket of the default namespace to a call. */
public final class BrowserSockets {

    private static final CommandLimits LIMITS = CommandLimits.defaults();

    private BrowserSockets() {}

    /**
     * Binds each socket that connects from now on. All commands are handled on the event loop, where they only enter the
     * call's mailbox: so they keep the order in which the browser sent them.
     *
     * @param admissions says who the user of a socket is, and what that user may do; called once for each, on its virtual thread
     */
    public static void connect(SocketIoServer server, Calls calls, Function<Socket, Admission> admissions) {
        server.of("/").onConnection(socket -> {
            CallBinding binding = new CallBinding(calls, new SocketLine(socket, admissions.apply(socket)));
            BrowserCommand.NAMES.forEach(name -> socket.onInline(name, event -> pass(event, binding)));
            socket.onDisconnect(binding::gone);
        });
    }

    private static void pass(Event event, CallBinding binding) {
        binding.browser(decode(event.name(), event.arguments()), event.wantsAck(),
                answer -> event.ackRaw(Arguments.of(BrowserCodec.encode(answer))));
    }

    private static BrowserCommand decode(String name, Arguments arguments) {
        return arguments.plainText()
                .map(text -> BrowserCodec.decode(name, text, LIMITS))
                .orElseGet(
                        () -> BrowserCodec.decode(name, arguments.json(), arguments.attachments(), LIMITS));
    }

    private record SocketLine(Socket socket, Admission admission) implements BrowserConnection {
        @Override
        public Visitor visitor() {
            return admission.visitor();
        }

        @Override
        public String id() {
            return socket.id();
        }

        @Override
        public void emit(EncodedEvent event) {
            socket.emitRaw(Arguments.ofChecked(event.json(), event.attachments()));
        }

        @Override
        public void disconnect() {
            socket.disconnect(true);
        }
    }
}
