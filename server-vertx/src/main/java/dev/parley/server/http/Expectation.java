package dev.parley.server.http;

import dev.parley.server.http.header.Authority;
import dev.parley.server.http.header.ListHeader;
import dev.parley.server.http.response.Answers;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * {@code Expect: 100-continue}, RFC 9110, section 10.1.1: the client waits for the server's consent before it sends its body. Stateless;
 * called on the request's event loop.
 */
public final class Expectation {
    private static final long DISCARD_SECONDS = 5;

    private Expectation() {}

    /** Returns whether the client waits for consent before it sends the body. */
    static boolean isPending(HttpServerRequest request) {
        return request.headers().contains("Expect") && request.version() != HttpVersion.HTTP_1_0
                && ListHeader.has(request.headers(), "Expect", "100-continue") && hasBody(request);
    }

    /**
     * Tells a client that waits to send its body; does nothing if it does not wait, has gone, or was answered. Called by whoever reads the
     * body of a request, once, before it does.
     */
    public static void proceed(HttpServerRequest request) {
        var response = request.response();
        if (isPending(request) && !response.headWritten() && !response.ended() && !response.closed()) {
            response.headers().remove("Connection");
            response.bodyEndHandler(null);
            Answers.ignore(response.writeContinue());
        }
    }

    /**
     * Closes the connection after the response, as RFC 9112, section 9.6 has it, unless the body is asked for until then: the client may
     * send the body of which it was told nothing, or not.
     */
    static void closeUnlessMet(HttpServerRequest request, EventLoop loop) {
        if (Authority.isHttp1(request)) {
            request.response().putHeader("Connection", "close");
            request.response().bodyEndHandler(end -> loop.schedule(() -> {
                if (!request.isEnded()) {
                    Answers.ignore(request.connection().close());
                }
            }, DISCARD_SECONDS, TimeUnit.SECONDS).isDone());
        }
    }

    /** Returns whether the request has a body. Under HTTP/2 a body needs no header. */
    private static boolean hasBody(HttpServerRequest request) {
        if (!Authority.isHttp1(request)) {
            return true;
        }
        String length = request.getHeader("Content-Length");
        return request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
    }
}
