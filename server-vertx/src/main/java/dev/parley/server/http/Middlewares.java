package dev.parley.server.http;

import dev.parley.server.http.response.Answers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes a request through its middleware; its body waits meanwhile. */
final class Middlewares {
    private static final Logger LOG = LoggerFactory.getLogger(Middlewares.class);

    private Middlewares() {}

    static void run(List<RequestMiddleware> all, HttpServerRequest request, Runnable last) {
        request.pause();
        // Middleware that responds itself leaves the body unread, and the connection could not be used again.
        request.response().endHandler(end -> resume(request));
        step(all, 0, request, last, Vertx.currentContext());
    }

    /** Resumes the request. Under HTTP/2 a request that was read to its end throws. */
    private static void resume(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.resume();
        }
    }

    private static void step(List<RequestMiddleware> all, int index, HttpServerRequest request, Runnable last,
            Context context) {
        if (index == all.size()) {
            last.run();
            resume(request);
            return;
        }
        var gone = new AtomicBoolean();
        try {
            all.get(index).handle(request, () -> {
                if (gone.compareAndSet(false, true)) {
                    context.runOnContext(on -> step(all, index + 1, request, last, context));
                }
            });
        } catch (RuntimeException e) {
            LOG.error("A request middleware failed", e);
            Answers.status(request.response(), 500);
        }
    }
}
