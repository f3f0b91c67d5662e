package dev.parley.server.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.ServerOptions;
import dev.parley.server.internal.handler.HandlerQueue;
import dev.parley.server.internal.json.IncomingEvent;
import dev.parley.server.internal.socket.FakeClients;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NamespaceMembershipTest {
    private final FakeClients clients = new FakeClients(ServerOptions.defaults());
    private final FakeClients.Client client = clients.join("a");
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger waiting = new AtomicInteger();
    private final NamespaceMembership membership = new NamespaceMembership(clients.namespace, client.socket(),
            new HandlerQueue.Load() {
                @Override
                public void added(int weight) {
                    waiting.addAndGet(weight);
                }

                @Override
                public void taken(int weight) {
                    waiting.addAndGet(-weight);
                }
            });

    @Test
    void leavingBeforeTheConnectionHandlerLosesNoEvent() throws Exception {
        var begin = new CountDownLatch(1);
        client.socket().handlerQueue().run("busy", begin::await);
        clients.namespace.onConnection(socket -> {
            ran.add("connection");
            socket.on("e", event -> ran.add("e " + event.text(0)));
            socket.onInline("e", event -> ran.add("inline " + event.text(0)));
            socket.onDisconnect(reason -> ran.add("disconnect"));
        });
        membership.enter(() -> {});
        take("e", "1");
        take("unknown", "2");
        take("e", "3");
        membership.leave(CloseReason.TRANSPORT_CLOSE);
        assertThat(ran).isEmpty();
        begin.countDown();
        client.settle();
        assertThat(ran).containsExactly("connection", "inline 1", "e 1", "inline 3", "e 3", "disconnect");
        assertThat(waiting).hasValue(0);
    }

    private void take(String name, String text) {
        membership.take(new IncomingEvent(name, Arguments.of("[\"" + name + "\",\"" + text + "\"]"), null,
                clients.namespace.context().json()));
    }
}
