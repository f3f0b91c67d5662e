package dev.parley.cluster.core;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.LocalSocket;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.adapter.RecoveryOptions;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** A namespace whose rooms are kept here, and nothing of lost clients: one server's memory would promise what the cluster does not keep. */
record LocalHost(AdapterHost host) implements AdapterHost {
    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Optional<? extends LocalSocket> find(String id) {
        return host.find(id);
    }

    @Override
    public Collection<? extends LocalSocket> all() {
        return host.all();
    }

    @Override
    public PreparedEvent prepare(Arguments event, BroadcastOptions options) {
        return host.prepare(event, options);
    }

    @Override
    public Optional<RecoveryOptions> recovery() {
        return Optional.empty();
    }

    @Override
    public InstantSource clock() {
        return host.clock();
    }

    @Override
    public void serverSideEvent(Arguments event, Consumer<Arguments> answer) {
        host.serverSideEvent(event, answer);
    }
}
