package dev.parley.server.http.node;

import dev.parley.server.engine.NodeRelay;

/** The receiver of a request whose response nobody needs. */
enum NoReceiver implements NodeRelay.Receiver {
    INSTANCE;

    @Override
    public void responded(NodeRelay.Response response) {}

    @Override
    public void data(byte[] bytes) {}

    @Override
    public void consumed(int bytes) {}

    @Override
    public void ended() {}
}
