package dev.parley.server.http.node;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes the bytes of a WebSocket on between a client and the owner of its session. Each side waits for the other when its buffers are full, and ends with it. A
 * client that takes nothing for some time is cut off: while the owner is not read, its end would not be noticed. On one event loop.
 */
final class Tunnel {
    private final NetSocket client;
    private final NetSocket owner;
    private final Duration stall;
    private final Duration lastBytes;
    private @Nullable Future<?> stalled;

    /**
     * Creates a tunnel that passes nothing yet.
     *
     * @param owner     a paused connection
     * @param stall     how long the client may take nothing
     * @param lastBytes how long either may take to read its last bytes
     */
    Tunnel(NetSocket client, NetSocket owner, Duration stall, Duration lastBytes) {
        this.client = client;
        this.owner = owner;
        this.stall = stall;
        this.lastBytes = lastBytes;
    }

    /** @param closed called when the client's connection is closed */
    void begin(Runnable closed) {
        client.closeHandler(end -> {
            taken();
            close();
            closed.run();
        });
        client.pipe().endOnComplete(false).to(owner).onComplete(end -> close());
        owner.exceptionHandler(failure -> close());
        owner.closeHandler(end -> close());
        owner.endHandler(end -> close());
        owner.handler(bytes -> {
            client.write(bytes).onFailure(failure -> close());
            if (client.writeQueueFull() && stalled == null) {
                owner.pause();
                stalled = loop().schedule(this::cut, stall.toNanos(), TimeUnit.NANOSECONDS);
                client.drainHandler(drained -> {
                    taken();
                    owner.resume();
                });
            }
        });
        owner.resume();
    }

    private void taken() {
        if (stalled != null) {
            stalled.cancel(false);
            stalled = null;
        }
    }

    /** Closes both connections when their peers have what was written. */
    void close() {
        LastBytes.close(client, lastBytes);
        LastBytes.close(owner, lastBytes);
    }

    private void cut() {
        LastBytes.close(client, Duration.ZERO);
        LastBytes.close(owner, Duration.ZERO);
    }

    private EventLoop loop() {
        return ((NetSocketInternal) client).channelHandlerContext().channel().eventLoop();
    }
}
