package dev.parley.server.http;

import dev.parley.server.engine.Exchange.Outcome;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Sees answers off: one that the network has not taken in time is cut, with its connection, since a peer that does not read could keep it for
 * ever. Called on the request's event loop.
 */
record Leaving(Duration timeout) {
    /** Tells what becomes of an answer that has been ended. */
    void watch(HttpServerRequest request, EventLoop loop, Future<Void> answer, Consumer<Outcome> then) {
        if (answer.isComplete()) {
            then.accept(answer.succeeded() ? Outcome.SENT : Outcome.LOST);
            return;
        }
        var told = new AtomicBoolean();
        var late = loop.schedule(() -> {
            cut(request);
            if (told.compareAndSet(false, true)) {
                then.accept(Outcome.LOST);
            }
        }, timeout.toNanos(), TimeUnit.NANOSECONDS);
        answer.onComplete(left -> {
            late.cancel(false);
            if (told.compareAndSet(false, true)) {
                then.accept(left.succeeded() ? Outcome.SENT : Outcome.LOST);
            }
        });
    }

    /**
     * Ends a connection at once, or its one stream. Closing in order waits until what was written has been read, so it is done where Vert.x
     * closes itself. That method is in a package of Vert.x that is not for other modules; where the application runs as modules, the bytes
     * stay until the peer goes.
     */
    // Whoever waits for the answer hears how it went.
    @SuppressWarnings("FutureReturnValueIgnored")
    static void cut(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            Answers.ignore(request.response().reset());
            return;
        }
        var connection = request.connection();
        try {
            var context = (ChannelHandlerContext) connection.getClass()
                    .getMethod("channelHandlerContext")
                    .invoke(connection);
            context.close();
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            Answers.ignore(connection.close());
        }
    }
}
