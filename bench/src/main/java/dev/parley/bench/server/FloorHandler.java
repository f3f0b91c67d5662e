package dev.parley.bench.server;

import dev.parley.bench.packet.PacketTexts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** Echoes frames to where they came from, or to all; hands the body of a POST to the GET of the same address. */
@SuppressWarnings("FutureReturnValueIgnored")
final class FloorHandler extends ChannelInboundHandlerAdapter {
    private static final byte[] TO_ALL = (PacketTexts.EVENT + "[\"all\"").getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuf OK = Unpooled
            .unreleasableBuffer(Unpooled.wrappedBuffer("ok".getBytes(StandardCharsets.US_ASCII)));

    private final Shared shared;

    FloorHandler(Shared shared) {
        this.shared = shared;
    }

    @Override
    public void channelRead(ChannelHandlerContext at, Object message) {
        switch (message) {
            case WebSocketFrame frame -> echo(at, frame);
            case FullHttpRequest request -> request(at, request);
            default -> ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext at) {
        at.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext at) {
        shared.webSockets.remove(at.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable failure) {
        at.close();
    }

    private void echo(ChannelHandlerContext at, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame && forAll(frame.content())) {
            for (Channel channel : shared.webSockets) {
                channel.writeAndFlush(new TextWebSocketFrame(frame.content().retainedDuplicate()));
            }
            frame.release();
        } else {
            at.write(frame);
        }
    }

    private static boolean forAll(ByteBuf content) {
        for (int i = TO_ALL.length - 1; i >= 0; i--) {
            if (content.readableBytes() <= i || content.getByte(content.readerIndex() + i) != TO_ALL[i]) {
                return false;
            }
        }
        return true;
    }

    private void request(ChannelHandlerContext at, FullHttpRequest request) {
        if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
            var handshaker = new WebSocketServerHandshakerFactory("ws://localhost", null, false, 1 << 20)
                    .newHandshaker(request);
            handshaker.handshake(at.channel(), request);
            shared.webSockets.add(at.channel());
            request.release();
        } else if (HttpMethod.POST.equals(request.method())) {
            shared.box(request.uri()).post(request.content());
            at.write(response(OK.duplicate()));
        } else {
            shared.box(request.uri()).get(at);
            request.release();
        }
    }

    private static DefaultFullHttpResponse response(ByteBuf body) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return response;
    }

    /** State that the connections have in common; all live on one event loop. */
    static final class Shared {
        private final Set<Channel> webSockets = new HashSet<>();
        private final Map<String, Box> boxes = new HashMap<>();

        private Box box(String uri) {
            return boxes.computeIfAbsent(uri, name -> new Box());
        }
    }

    /** Bodies that wait for a GET, or the GETs that wait for bodies. */
    private static final class Box {
        private final Queue<ByteBuf> bodies = new ArrayDeque<>();
        private final Queue<ChannelHandlerContext> polls = new ArrayDeque<>();

        private void post(ByteBuf body) {
            var poll = polls.poll();
            if (poll == null) {
                bodies.add(body);
            } else {
                poll.writeAndFlush(response(body));
            }
        }

        private void get(ChannelHandlerContext at) {
            var body = bodies.poll();
            if (body == null) {
                polls.add(at);
            } else {
                at.write(response(body));
            }
        }
    }
}
