package dev.parley.bench.driver;

import dev.parley.bench.server.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One event loop with all clients on it, so that no client needs a lock. Connects to the loopback interface and nowhere else. */
public final class Driver implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;

    private final EventLoopGroup group = Transport.group(1);
    private final EventLoop loop = group.next();

    EventLoop loop() {
        return loop;
    }

    ChannelFuture connect(int port, ChannelHandler handler) {
        return new Bootstrap().group(loop)
                .channel(Transport.client())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
                .handler(handler)
                .connect("127.0.0.1", port);
    }

    /** Does something on the loop and waits for what comes of it. */
    public <T> T call(Callable<T> task) {
        try {
            return loop.submit(task).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new BenchException("the driver failed: " + e, e);
        }
    }

    /** {@link #call} for what has no result. */
    public void run(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
