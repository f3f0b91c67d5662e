package dev.parley.bench.driver;

import dev.parley.bench.packet.PacketTexts;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client WebSocket. Reads no more of a frame than its first two characters, and answers the server's pings. */
@SuppressWarnings("FutureReturnValueIgnored")
final class WebSocketLane extends ByteToMessageDecoder {
    private static final ByteBuf PONG = PreparedBytes.text(PacketTexts.PONG);

    private final ByteBuf request;
    private final Listener listener;
    private @Nullable ChannelHandlerContext context;
    private boolean open;
    private boolean reading;

    private WebSocketLane(ByteBuf request, Listener listener) {
        this.request = request;
        this.listener = listener;
    }

    static WebSocketLane connect(Driver driver, int port, String path, Listener listener) {
        var lane = new WebSocketLane(PreparedBytes.upgrade(path), listener);
        driver.connect(port, lane).addListener(done -> {
            if (!done.isSuccess()) {
                listener.lost();
            }
        });
        return lane;
    }

    void send(ByteBuf frame) {
        var at = context;
        if (at != null) {
            at.write(frame.duplicate(), at.voidPromise());
            if (!reading) {
                at.flush();
            }
        }
    }

    void close() {
        var at = context;
        if (at != null) {
            at.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext at) {
        context = at;
        at.writeAndFlush(request.duplicate());
    }

    @Override
    public void channelRead(ChannelHandlerContext at, Object message) throws Exception {
        reading = true;
        super.channelRead(at, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext at) throws Exception {
        reading = false;
        at.flush();
        super.channelReadComplete(at);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext at) {
        context = null;
        listener.lost();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable failure) {
        at.close();
    }

    @Override
    protected void decode(ChannelHandlerContext at, ByteBuf in, List<Object> out) {
        if (!open) {
            int end = Http.headerEnd(in);
            if (end < 0) {
                return;
            }
            open = in.toString(in.readerIndex(), 12, StandardCharsets.US_ASCII).equals("HTTP/1.1 101");
            in.readerIndex(end);
            if (open) {
                listener.opened();
            } else {
                at.close();
            }
            return;
        }
        int start = in.readerIndex();
        int readable = in.readableBytes();
        if (readable < 2) {
            return;
        }
        int small = in.getByte(start + 1) & 0x7f;
        int head = small == 127 ? 10 : small == 126 ? 4 : 2;
        if (readable < head) {
            return;
        }
        long length = small == 127 ? in.getLong(start + 2)
                : small == 126 ? in.getUnsignedShort(start + 2) : small;
        if (readable < head + length) {
            return;
        }
        int content = start + head;
        in.readerIndex((int) (content + length));
        frame(at, in, in.getByte(start) & 0x0f, content, length);
    }

    private void frame(ChannelHandlerContext at, ByteBuf in, int kind, int content, long length) {
        switch (kind) {
            case 1 -> {
                char engine = length > 0 ? (char) in.getByte(content) : ' ';
                if (engine == PacketTexts.PING_TYPE) {
                    send(PONG);
                } else {
                    listener.text(engine, length > 1 ? (char) in.getByte(content + 1) : ' ');
                }
            }
            case 2 -> listener.binary();
            case 8 -> at.close();
            default -> {}
        }
    }

    /** Told on the driver's loop. */
    interface Listener {
        void opened();

        /** The first two characters of a text frame: the Engine.IO type and, for a message, the Socket.IO type. */
        void text(char engine, char socket);

        void binary();

        void lost();
    }
}
