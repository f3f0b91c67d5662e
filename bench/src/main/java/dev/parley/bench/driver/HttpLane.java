package dev.parley.bench.driver;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client connection for requests, one at a time. Connects when there is something to ask and asks again, up to a limit, when the
 * server had closed the connection in between.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpLane {
    private static final int TRIES = 3;

    private final Driver driver;
    private final int port;
    private @Nullable Channel channel;
    private @Nullable ByteBuf asking;
    private @Nullable Listener listener;
    private int tries;
    private boolean closed;

    HttpLane(Driver driver, int port) {
        this.driver = driver;
        this.port = port;
    }

    void ask(ByteBuf request, Listener answer) {
        asking = request;
        listener = answer;
        tries = 0;
        send(request);
    }

    void close() {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    private void send(ByteBuf request) {
        tries++;
        if (channel != null && channel.isActive()) {
            channel.writeAndFlush(request.duplicate(), channel.voidPromise());
            return;
        }
        driver.connect(port, new Answers()).addListener(done -> {
            if (!done.isSuccess()) {
                failed();
            }
        });
    }

    private void failed() {
        var pending = asking;
        var waiting = listener;
        if (closed || pending == null || waiting == null) {
            return;
        }
        if (tries < TRIES) {
            send(pending);
        } else {
            asking = null;
            listener = null;
            waiting.answered(0, "");
        }
    }

    private final class Answers extends ByteToMessageDecoder {
        @Override
        public void channelActive(ChannelHandlerContext at) {
            channel = at.channel();
            if (closed) {
                at.close();
            } else if (asking != null) {
                at.writeAndFlush(asking.duplicate(), at.voidPromise());
            }
        }

        @Override
        protected void decode(ChannelHandlerContext at, ByteBuf in, List<Object> out) {
            int end = Http.headerEnd(in);
            if (end < 0) {
                return;
            }
            String head = in.toString(in.readerIndex(), end - in.readerIndex(), StandardCharsets.US_ASCII);
            int length = Http.contentLength(head);
            if (in.writerIndex() < end + length) {
                return;
            }
            in.readerIndex(end + length);
            var waiting = listener;
            asking = null;
            listener = null;
            if (waiting != null) {
                waiting.answered(Integer.parseInt(head.substring(9, 12)),
                        in.toString(end, length, StandardCharsets.ISO_8859_1));
            }
        }

        @Override
        protected void handlerRemoved0(ChannelHandlerContext at) {
            if (at.channel().equals(channel)) {
                channel = null;
                failed();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext at, Throwable failure) {
            at.close();
        }
    }

    /** Told on the driver's loop; the status is 0 when there was no answer. */
    @FunctionalInterface
    interface Listener {
        void answered(int status, String body);
    }
}
