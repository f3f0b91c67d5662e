package dev.parley.server.internal.core;

import dev.parley.server.Handshake;
import dev.parley.server.ServerOptions;
import dev.parley.server.ServerProvider;
import dev.parley.server.SocketIoServer;
import dev.parley.server.internal.json.CredentialsReader;
import dev.parley.server.internal.json.JsonCodec;

/** Creates the server of this module. Safe from any thread. */
public final class DefaultServerProvider implements ServerProvider {
    private static final Handshake.AuthReader AUTH_READER = new CredentialsReader(JsonCodec.DEFAULT);

    /** Creates a provider, as {@link java.util.ServiceLoader} does. */
    public DefaultServerProvider() {}

    @Override
    public SocketIoServer create(ServerOptions options) {
        return new ServerCore(options);
    }

    @Override
    public Handshake.AuthReader authReader() {
        return AUTH_READER;
    }
}
