package dev.parley.server.http.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends an HTTP/1 connection that is too slow with the head of a request, or is idle for too long between two. Other parts limit bodies and responses. A
 * connection that becomes a WebSocket is left alone. Belongs to the event loop of its connection. A request costs two readings of the clock; the timer is set
 * anew only when it rings, or when a head is incomplete.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class RequestDeadlines {
    private static final byte[] TIMEOUT = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    /** The name that Vert.x gives to its decoder, and to its own handler. */
    private static final String DECODER = "httpDecoder";
    private static final String VERTX = "handler";
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final long NEVER = Long.MAX_VALUE;

    private final Channel channel;
    private final long head;
    private final long idle;
    private final Bytes bytes = new Bytes();
    private final Messages messages = new Messages();
    /** Requests whose response has not ended. */
    private int requests;
    /** Whether the body of a request is not complete. */
    private boolean inBody;
    /** Whether bytes of a head have come, and whether its deadline runs. */
    private boolean headBytes;
    private boolean headRuns;
    /** When the connection ends, by the clock of the event loop; {@link #NEVER} while a request is handled. */
    private long deadline;
    private @Nullable Future<?> timer;
    private long timerAt;

    private RequestDeadlines(Channel channel, ConnectionLimits limits, boolean proxy) {
        this.channel = channel;
        this.head = limits.headTimeout().toNanos();
        this.idle = (proxy ? limits.proxyIdleTimeout() : limits.idleTimeout()).toNanos();
        this.deadline = now() + (proxy ? idle : head); // some proxies open connections in advance
    }

    /** Watches a connection that has just been opened, unless it speaks HTTP/2. */
    static void install(Channel channel, ConnectionLimits limits, boolean proxy) {
        var pipeline = channel.pipeline();
        if (pipeline.get(DECODER) == null || pipeline.get(VERTX) == null) {
            return;
        }
        var deadlines = new RequestDeadlines(channel, limits, proxy);
        pipeline.addBefore(DECODER, "headBytes", deadlines.bytes);
        pipeline.addBefore(VERTX, "requests", deadlines.messages);
        deadlines.arm();
        channel.closeFuture().addListener(closed -> deadlines.disarm());
    }

    private long now() {
        return channel.eventLoop().ticker().nanoTime();
    }

    private void arm() {
        if (deadline == NEVER || (timer != null && timerAt <= deadline)) {
            return; // the timer looks again when it rings
        }
        disarm();
        timerAt = deadline;
        timer = channel.eventLoop().schedule(this::ring, Math.max(0, deadline - now()), TimeUnit.NANOSECONDS);
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void ring() {
        timer = null;
        if (deadline > now()) {
            arm();
        } else if (headRuns) {
            bytes.context()
                    .writeAndFlush(Unpooled.wrappedBuffer(TIMEOUT))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            channel.close();
        }
    }

    private void requestBegan() {
        requests++;
        inBody = true;
        headBytes = false;
        headRuns = false;
        deadline = NEVER;
    }

    private void responseEnded() {
        requests = Math.max(0, requests - 1);
        if (requests == 0) {
            deadline = now() + idle;
            arm();
        }
    }

    private void leave() {
        disarm();
        deadline = NEVER;
        channel.pipeline().remove(bytes);
        channel.pipeline().remove(messages);
    }

    /** Sees bytes before they are decoded. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        private @Nullable ChannelHandlerContext context;

        private ChannelHandlerContext context() {
            if (context == null) {
                throw new IllegalStateException("not in a pipeline yet");
            }
            return context;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        @Override
        public void channelRead(ChannelHandlerContext at, Object message) {
            headBytes |= requests == 0 && !inBody;
            at.fireChannelRead(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext at) {
            if (headBytes && !headRuns) { // a head that was complete has cleared it
                headRuns = true;
                deadline = Math.min(deadline, now() + head);
                arm();
            }
            at.fireChannelReadComplete();
        }
    }

    /** Sees requests and responses. */
    private final class Messages extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext at, Object message) {
            if (message instanceof HttpRequest) {
                requestBegan();
            }
            if (message instanceof LastHttpContent) {
                inBody = false;
            }
            at.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext at, Object message, ChannelPromise promise) {
            int status = message instanceof HttpResponse response ? response.status().code() : 0;
            at.write(message, promise);
            if (status == SWITCHING_PROTOCOLS) {
                leave();
            } else if (message instanceof LastHttpContent && (status == 0 || status >= 200)) {
                responseEnded();
            }
        }
    }
}
