package dev.parley.server.http.loop;

import dev.parley.server.engine.Loop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The loop of a session: the event loop of the connection that opened it. */
public record NettyLoop(EventLoop eventLoop, LoopQueue queue) implements Loop {
    /** Runs a task on the event loop. */
    public NettyLoop(EventLoop eventLoop) {
        this(eventLoop, LoopQueue.of(eventLoop));
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        queue.execute(task);
    }

    @Override
    public void executeRest(Runnable task) {
        queue.executeRest(task);
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        var scheduled = eventLoop.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
