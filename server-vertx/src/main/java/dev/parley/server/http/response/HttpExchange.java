package dev.parley.server.http.response;

import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.Jsonp;
import dev.parley.server.engine.Exchange;
import dev.parley.server.http.header.ListHeader;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request on its own event loop, which need not be the session's.
 *
 * @param responseTimeout closes connections that do not take their response
 * @param compression of answers to polls
 * @param jsonp       the index of the page's function, when a script element or a form of it made the request; else empty
 */
public record HttpExchange(HttpServerRequest request, PollResponseTimeout responseTimeout,
        Compression compression, String jsonp, EventLoop eventLoop,
        BiConsumer<EngineError, String> listener) implements Exchange {
    @Override
    public void respond(String body, boolean compress, Consumer<Outcome> then) {
        if (jsonp.isEmpty()) {
            run(() -> {
                var compressed = compress ? compressed(body, Answers.TEXT) : null;
                watch(compressed != null ? compressed : Answers.text(request.response(), body), then);
            });
        } else if (HttpMethod.GET.equals(request.method())) {
            run(() -> {
                String script = Jsonp.script(jsonp, body);
                var compressed = compress ? compressed(script, Answers.SCRIPT) : null;
                watch(compressed != null ? compressed : Answers.script(request.response(), script), then);
            });
        } else {
            run(() -> watch(Answers.html(request.response(), body), then));
        }
    }

    @Override
    public void respond(byte[] body, boolean compress, Consumer<Outcome> then) {
        run(() -> {
            var compressed = compress ? compressed(body, Answers.BYTES) : null;
            watch(compressed != null ? compressed : Answers.bytes(request.response(), body), then);
        });
    }

    private @Nullable Future<Void> compressed(String body, CharSequence type) {
        // A character is one to three bytes: most answers are short, and not worth looking at the request.
        return compression.threshold().orElse(Integer.MAX_VALUE) <= 3L * body.length()
                && request.headers().contains("Accept-Encoding")
                        ? compressed(body.getBytes(StandardCharsets.UTF_8), type)
                        : null;
    }

    private @Nullable Future<Void> compressed(byte[] body, CharSequence type) {
        var coding = compression.coding(body.length, ListHeader.joined(request.headers(), "Accept-Encoding"));
        return coding == null ? null
                : Answers.compressed(request.response(), type, coding, Compression.compress(coding, body));
    }

    private void watch(Future<Void> answer, Consumer<Outcome> then) {
        responseTimeout.watch(request, eventLoop, answer, then);
    }

    @Override
    public void cut() {
        run(() -> PollResponseTimeout.cut(request));
    }

    @Override
    public void refuse(EngineError error, String why) {
        run(() -> {
            listener.accept(error, why);
            Answers.error(request.response(), error);
        });
    }

    /** Runs a task on the request's event loop. */
    public void run(Runnable task) {
        if (eventLoop.inEventLoop()) {
            task.run();
        } else {
            eventLoop.execute(task);
        }
    }
}
