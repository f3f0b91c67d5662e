package dev.parley.server.engine;

import dev.parley.protocol.engine.EngineError;
import java.util.function.Consumer;

/** Stands in for a request that is not there. */
enum Nobody implements Exchange {
    INSTANCE;

    @Override
    public void answer(String body, boolean compress, Consumer<Outcome> then) {
        then.accept(Outcome.TAKEN);
    }

    @Override
    public void answer(byte[] body, boolean compress, Consumer<Outcome> then) {
        then.accept(Outcome.TAKEN);
    }

    @Override
    public void refuse(EngineError error, String why) {}
}
