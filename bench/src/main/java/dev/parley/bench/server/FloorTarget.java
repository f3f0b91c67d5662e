package dev.parley.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The floor: what Netty alone costs for a WebSocket echo, and for a POST whose body the next GET answers. No sessions, no JSON. */
public final class FloorTarget {
    private FloorTarget() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var group = Transport.group(1);
        var rooms = new FloorHandler.Shared();
        var listening = new ServerBootstrap().group(group)
                .channel(Transport.server())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast("aggregator", new HttpObjectAggregator(1 << 20))
                                .addLast(new FloorHandler(rooms));
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        Control.serve(((InetSocketAddress) listening.localAddress()).getPort());
    }
}
