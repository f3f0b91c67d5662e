package dev.parley.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Counts, before the decoder gathers them, the bytes of a message that is not complete yet. Belongs to one connection. */
final class UnreadCounter extends ChannelInboundHandlerAdapter {
    private final FrameHandler handler;

    UnreadCounter(FrameHandler handler) {
        this.handler = handler;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && !handler.mayGather(bytes.readableBytes())) {
            bytes.release();
            return;
        }
        context.fireChannelRead(message);
    }
}
