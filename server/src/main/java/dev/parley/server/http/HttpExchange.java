package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.Jsonp;
import dev.parley.server.engine.Exchange;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * A request on its own event loop, which need not be the session's.
 *
 * @param compression of answers to polls
 * @param jsonp the index of the page's function, when a script element or a form of it made the request; else empty
 */
record HttpExchange(HttpServerRequest request, Compression compression, String jsonp, EventLoop eventLoop,
        BiConsumer<EngineError, String> listener) implements Exchange {
    @Override
    public void answer(String body, boolean compress) {
        if (jsonp.isEmpty()) {
            run(() -> {
                if (!compress || !compressed(body, Answers.TEXT)) {
                    Answers.text(request.response(), body);
                }
            });
        } else if (HttpMethod.GET.equals(request.method())) {
            run(() -> {
                String script = Jsonp.script(jsonp, body);
                if (!compress || !compressed(script, Answers.SCRIPT)) {
                    Answers.script(request.response(), script);
                }
            });
        } else {
            run(() -> Answers.html(request.response(), body));
        }
    }

    @Override
    public void answer(byte[] body, boolean compress) {
        run(() -> {
            if (!compress || !compressed(body, Answers.BYTES)) {
                Answers.bytes(request.response(), body);
            }
        });
    }

    private boolean compressed(String body, CharSequence type) {
        // A character is one to three bytes: most answers are short, and not worth looking at the request.
        return compression.threshold().orElse(Integer.MAX_VALUE) <= 3L * body.length()
                && request.getHeader("Accept-Encoding") != null
                && compressed(body.getBytes(StandardCharsets.UTF_8), type);
    }

    private boolean compressed(byte[] body, CharSequence type) {
        var coding = compression.coding(body.length, request.getHeader("Accept-Encoding"));
        if (coding == null) {
            return false;
        }
        Answers.compressed(request.response(), type, coding, Compression.compress(coding, body));
        return true;
    }

    @Override
    public void refuse(EngineError error, String why) {
        run(() -> {
            listener.accept(error, why);
            Answers.error(request.response(), error);
        });
    }

    /** Does something on the request's loop. */
    void run(Runnable task) {
        if (eventLoop.inEventLoop()) {
            task.run();
        } else {
            eventLoop.execute(task);
        }
    }
}
