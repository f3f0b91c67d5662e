package dev.parley.server.http.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * Closing a connection for output only. RFC 6455, section 7.1.1: the server closes first, its own side at once and the rest when the client
 * has closed too. Called on the connection's event loop.
 */
final class HalfClose {
    private HalfClose() {}

    /** Returns whether the connection can be closed for output only; TLS cannot. */
    static boolean possible(ChannelHandlerContext at) {
        return at.channel() instanceof DuplexChannel && at.pipeline().get(SslHandler.class) == null;
    }

    /** Closes the connection for output, where that is possible. */
    // A close that fails leaves the channel inactive, and the handler is called for that.
    @SuppressWarnings("FutureReturnValueIgnored")
    static void endOutput(ChannelHandlerContext at) {
        if (possible(at) && at.channel() instanceof DuplexChannel tcp) {
            tcp.shutdownOutput();
        }
    }
}
