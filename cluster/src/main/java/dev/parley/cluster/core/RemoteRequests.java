package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import dev.parley.cluster.message.ClusterMessage.ClientAck;
import dev.parley.cluster.message.ClusterMessage.ClientCount;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AckCollector;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.InMemoryAdapter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does on this server what others ask for, and responds. Safe from any thread. */
final class RemoteRequests {
    private final AdapterHost host;
    private final InMemoryAdapter local;
    private final AdapterLimits limits;

    RemoteRequests(AdapterHost host, InMemoryAdapter local, AdapterLimits limits) {
        this.host = host;
        this.local = local;
        this.limits = limits;
    }

    /** Handles a message that is not a response. */
    @SuppressWarnings("FutureReturnValueIgnored") // complete at once: nothing of it can fail later
    void handle(Broker broker, String sender, ClusterMessage message) {
        switch (message) {
            case ClusterMessage.Broadcast broadcast ->
                local.broadcast(broadcast.event(), broadcast.options());
            case ClusterMessage.Call call -> call(broker, sender, call);
            case ClusterMessage.Join join -> local.addSockets(join.options(), join.rooms());
            case ClusterMessage.Leave leave -> local.delSockets(leave.options(), leave.rooms());
            case ClusterMessage.Disconnect disconnect ->
                local.disconnectSockets(disconnect.options(), disconnect.close());
            case ClusterMessage.FetchSockets fetch -> local.fetchSockets(fetch.options())
                    .thenAccept(sockets -> broker.respond(sender,
                            new ClusterMessage.Sockets(fetch.requestId(), sockets)));
            case ClusterMessage.ListSockets list -> broker.respond(sender,
                    new ClusterMessage.SocketIds(list.requestId(), local.sockets(list.rooms())));
            case ClusterMessage.ListRooms list ->
                broker.respond(sender, new ClusterMessage.RoomNames(list.requestId(), local.rooms()));
            case ClusterMessage.ServerEvent event -> host.serverSideEvent(event.event(), reply -> {});
            case ClusterMessage.ServerCall call -> serverCall(broker, sender, call);
            case ClusterMessage.Response response -> {}
        }
    }

    private void call(Broker broker, String sender, ClusterMessage.Call call) {
        Duration asked = call.timeout().orElse(limits.requestTimeout());
        Duration timeout = asked.compareTo(limits.maxAckTimeout()) > 0 ? limits.maxAckTimeout() : asked;
        BroadcastOptions options = call.options();
        local.broadcastWithAck(call.event(), options, timeout, new AckCollector() {
            @Override
            public void servers(int count) {}

            @Override
            public void expect(int clients) {
                broker.respond(sender, new ClientCount(call.requestId(), clients));
            }

            @Override
            public void answered(Arguments reply) {
                broker.respond(sender, new ClientAck(call.requestId(), reply));
            }

            @Override
            public void unanswered() {} // the format has no word for it: the other side has its own timeout
        });
    }

    private void serverCall(Broker broker, String sender, ClusterMessage.ServerCall call) {
        var replied = new AtomicBoolean();
        host.serverSideEvent(call.event(), reply -> {
            if (replied.compareAndSet(false, true)) {
                broker.respond(sender, new ClusterMessage.ServerReply(call.requestId(), reply));
            }
        });
    }
}
