package dev.parley.cluster.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The few threads of the driver on which connections are read and written. Safe from any thread. */
final class DriverThreads implements NettyCustomizer {
    private final Set<EventLoop> loops = new CopyOnWriteArraySet<>();

    @Override
    public void afterChannelInitialized(Channel channel) {
        loops.add(channel.eventLoop());
    }

    /** Returns the event loop of the calling thread, if it is one of the driver's; otherwise null. */
    @Nullable Executor current() {
        for (EventLoop loop : loops) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        return null;
    }
}
