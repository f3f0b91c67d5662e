package dev.parley.site;

import dev.parley.server.http.Expectation;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;

/**
 * The bodies of requests to the server's own endpoints. A body that is larger than the endpoint reads gets 413 at once, one that takes more than ten seconds
 * 408, and the connection is closed a second after the response, so that nobody reads the rest. Runs on the event loops.
 */
final class SmallBody {

    private static final long TIMEOUT_MILLIS = 10_000;
    private static final long CLOSE_MILLIS = 1_000;

    private SmallBody() {}

    /** Reads a body of at most so many bytes. */
    static void read(HttpServerRequest request, int most, Consumer<Buffer> then) {
        if (declared(request) > most) {
            SiteRouter.fail(request, 413, "too large");
            return;
        }
        Expectation.proceed(request);
        var vertx = Vertx.currentContext().owner();
        var body = Buffer.buffer();
        long timer = vertx.setTimer(TIMEOUT_MILLIS, late -> refuse(request, 408, "the body took too long"));
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.handler(piece -> {
            if (request.response().ended()) {
                return;
            }
            if (body.length() + piece.length() > most) {
                vertx.cancelTimer(timer);
                refuse(request, 413, "too large");
            } else {
                body.appendBuffer(piece);
            }
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            if (!request.response().ended()) {
                then.accept(body);
            }
        });
    }

    /** Closes the connection of a request when its response has ended before its body. */
    static void closeUnread(HttpServerRequest request) {
        if (declared(request) == 0) {
            return;
        }
        request.response().endHandler(end -> {
            if (request.isEnded()) {
                return;
            }
            if (request.version() == HttpVersion.HTTP_2) {
                request.response().reset();
            } else {
                request.pause();
                // A connection that is closed with unread bytes is reset, and the client would not see the response.
                Vertx.currentContext().owner().setTimer(CLOSE_MILLIS, late -> request.connection().close());
            }
        });
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        if (!request.response().ended() && !request.response().closed()) {
            SiteRouter.fail(request, status, why);
        }
    }

    /** Returns the announced size; more than any limit if there is a body without one. */
    private static long declared(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length == null) {
            return request.headers().contains("Transfer-Encoding") ? 1 : 0;
        }
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException malformed) {
            return Long.MAX_VALUE;
        }
    }
}
