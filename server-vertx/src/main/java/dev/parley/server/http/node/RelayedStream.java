package dev.parley.server.http.node;

import dev.parley.server.engine.NodeRelay;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Connects a TCP connection with a stream that is relayed as messages. In each direction about {@link NodeRelay#WINDOW} bytes are under way at most: beyond
 * that, the connection is not read, and a stream that sends twice as many is ended. On one event loop.
 */
final class RelayedStream {
    /** Consumed bytes that are told at once. */
    private static final int REPORT = NodeRelay.WINDOW / 4;

    private final NodeRelay.Call call;
    private final Duration timeout;
    private final Queue<byte[]> early = new ArrayDeque<>();
    private @Nullable NetSocket socket;
    private int sent;
    private int received;
    private int unreported;
    private boolean ended;

    /** @param timeout how long a peer may take to read its last bytes */
    RelayedStream(NodeRelay.Call call, Duration timeout) {
        this.call = call;
        this.timeout = timeout;
    }

    /** The connection is there. */
    void attach(NetSocket connection) {
        socket = connection;
        if (ended) {
            LastBytes.close(connection, timeout);
            return;
        }
        connection.handler(bytes -> {
            sent += bytes.length();
            call.write(bytes.getBytes());
            if (sent >= NodeRelay.WINDOW) {
                connection.pause();
            }
        });
        connection.exceptionHandler(failure -> {});
        connection.closeHandler(closed -> end());
        while (!early.isEmpty()) {
            write(connection, early.remove());
        }
    }

    /** Bytes came from the other server. */
    void data(byte[] bytes) {
        received += bytes.length;
        if (received > 2 * NodeRelay.WINDOW) {
            end();
        } else if (socket == null) {
            early.add(bytes);
        } else {
            write(socket, bytes);
        }
    }

    private void write(NetSocket connection, byte[] bytes) {
        connection.write(Buffer.buffer(bytes)).onComplete(written -> {
            received -= bytes.length;
            unreported += bytes.length;
            if (unreported >= REPORT) {
                call.consumed(unreported);
                unreported = 0;
            }
        });
    }

    /** The other server has consumed bytes: not more than it was sent. */
    void consumed(int bytes) {
        if (bytes < 0 || bytes > sent) {
            end();
            return;
        }
        sent -= bytes;
        if (socket != null && sent < NodeRelay.WINDOW) {
            socket.resume();
        }
    }

    /** Ends both sides at once. */
    void end() {
        if (!ended) {
            ended = true;
            call.end();
            if (socket != null) {
                LastBytes.close(socket, timeout);
            }
        }
    }

    /** The other server has ended the stream: the connection ends when it has the bytes before. */
    void ended() {
        if (!ended) {
            ended = true;
            if (socket != null) {
                LastBytes.close(socket, timeout);
            }
        }
    }
}
