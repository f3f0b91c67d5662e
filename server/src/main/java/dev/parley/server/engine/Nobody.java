package dev.parley.server.engine;

import dev.parley.protocol.engine.EngineError;

/** Stands in for a request that is not there. */
enum Nobody implements Exchange {
    INSTANCE;

    @Override
    public void answer(String body, boolean compress) {}

    @Override
    public void answer(byte[] body, boolean compress) {}

    @Override
    public void refuse(EngineError error, String why) {}
}
