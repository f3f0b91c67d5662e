package dev.parley.server.http.node;

import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection when the peer has its last bytes, or after a timeout: a client that does not read would keep it for ever, since {@link NetSocket#close}
 * waits until everything is written. Connections that were made to other servers, of which Vert.x does not show the channel, are closed without a timeout: their
 * peers end them. Called on the connection's event loop.
 */
final class LastBytes {
    private LastBytes() {}

    /** Writes what waits, and closes the connection. */
    // The future of a close says nothing that the channel does not.
    @SuppressWarnings("FutureReturnValueIgnored")
    static void close(NetSocket socket, Duration timeout) {
        if (socket instanceof NetSocketInternal of && of.channelHandlerContext().channel().isOpen()) {
            var context = of.channelHandlerContext();
            var channel = context.channel();
            var late = channel.eventLoop()
                    .schedule(() -> context.close(), timeout.toNanos(), TimeUnit.NANOSECONDS);
            channel.closeFuture().addListener(closed -> late.cancel(false));
        }
        socket.close();
    }
}
