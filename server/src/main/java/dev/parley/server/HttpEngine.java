package dev.parley.server;

/**
 * Puts a {@link SocketIoServer} on a port. Implemented by the module that speaks HTTP, and found with {@link java.util.ServiceLoader};
 * applications call {@link SocketIoServer#listen(ListenOptions)} instead. Safe from any thread.
 */
public interface HttpEngine {
    /**
     * Listens on a port of its own, with threads of its own. Blocks until it listens. After a failure nothing is left running.
     *
     * @throws ListenException       when it cannot listen
     * @throws IllegalStateException on an event loop, which must not block
     */
    Listening listen(SocketIoServer server, ListenOptions options);

    /** Options of one engine, such as {@code HttpOptions} of the Vert.x engine. An engine refuses those of another. */
    interface Options {}

    /** An engine that listens. Safe from any thread. */
    interface Listening extends AutoCloseable {
        /** The port, which is not the requested one when that was 0. */
        int port();

        /** Stops listening and ends the threads. Blocks until they have ended, except on an event loop. May be called again. */
        @Override
        void close();
    }
}
