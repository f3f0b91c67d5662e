package dev.parley.server.http.node;

import dev.parley.server.engine.NodeRelay;
import dev.parley.server.engine.SessionRouting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A cluster of which each owner has one route, which the test sets. */
class FakeRouting implements SessionRouting {
    final AtomicInteger refused = new AtomicInteger();
    volatile int port;
    volatile Route route = new Route.Unknown();
    volatile NodeRelay relay = (request, receiver) -> {
        throw new IllegalStateException("not asked");
    };

    @Override
    public String tag() {
        return "self";
    }

    @Override
    public void route(String tag, Consumer<Route> then) {
        then.accept(route);
    }

    @Override
    public Optional<Route> another(Set<String> except) {
        return Optional.of(route);
    }

    @Override
    public NodeRelay relay(String tag) {
        return relay;
    }

    @Override
    public void unreachable(String tag) {}

    @Override
    public void onGone(Consumer<String> listener) {}

    @Override
    public List<byte[]> secrets() {
        return List.of(new byte[32]);
    }

    @Override
    public long clusterMillis() {
        return 0;
    }

    @Override
    public void refusedSignature() {
        refused.incrementAndGet();
    }

    @Override
    public Listener listener() {
        return new Listener("127.0.0.1", 0, Optional.empty());
    }

    @Override
    public void listening(int openPort, NodeRelay local) {
        port = openPort;
    }

    @Override
    public boolean draining() {
        return false;
    }

    @Override
    public void drain() {}

    @Override
    public void leaving() {}

    @Override
    public void onLeaving(Runnable listener) {}
}
