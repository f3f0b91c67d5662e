package dev.parley.server.http.response;

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
 * Closes a connection if the response to a poll, or a file of the client script, is not flushed within {@code timeout}: a client that does
 * not read could keep it in memory for ever. Called on the request's event loop.
 */
public record PollResponseTimeout(Duration timeout) {
    /** Reports the outcome of a response that was written completely, to {@code then}. */
    public void watch(HttpServerRequest request, EventLoop loop, Future<Void> response,
            Consumer<Outcome> then) {
        if (response.isComplete()) {
            then.accept(response.succeeded() ? Outcome.SENT : Outcome.LOST);
            return;
        }
        var reported = new AtomicBoolean();
        var late = loop.schedule(() -> {
            cut(request);
            if (reported.compareAndSet(false, true)) {
                then.accept(Outcome.LOST);
            }
        }, timeout.toNanos(), TimeUnit.NANOSECONDS);
        response.onComplete(flushed -> {
            late.cancel(false);
            if (reported.compareAndSet(false, true)) {
                then.accept(flushed.succeeded() ? Outcome.SENT : Outcome.LOST);
            }
        });
    }

    /**
     * Closes a connection at once, or its one stream under HTTP/2. {@code HttpConnection.close} waits until the client has read what was
     * written, so the channel itself is closed. Vert.x offers it in its implementation only, in a package that it does not export: hence
     * reflection, and not a cast, which would fail where the application runs as modules. There the bytes stay until the client closes.
     */
    // The future of the response reports the outcome.
    @SuppressWarnings("FutureReturnValueIgnored")
    public static void cut(HttpServerRequest request) {
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
