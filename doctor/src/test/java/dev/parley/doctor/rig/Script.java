package dev.parley.doctor.rig;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a {@link ScriptedProxy} does with each request, response and byte. All methods are called by several threads. */
public interface Script {

    /** Returns the bytes to send in place of the server's response, after which the connection is closed; empty to forward the request. */
    default Optional<byte[]> answer(HttpMessage request) throws InterruptedException {
        return Optional.empty();
    }

    /** Returns the request to forward. */
    default HttpMessage request(HttpMessage request) {
        return request;
    }

    /** Returns the response to forward. */
    default HttpMessage response(HttpMessage request, HttpMessage response) throws InterruptedException {
        return response;
    }

    /** Returns the bytes of frames to forward to the client. */
    default byte[] down(byte[] bytes) {
        return bytes;
    }

    /** Returns the bytes of frames to forward to the server. */
    default byte[] up(byte[] bytes) {
        return bytes;
    }

    /** Returns the bytes of a response with a body. */
    static Optional<byte[]> respond(int status, String body, String... headers) {
        var head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return Optional.of((head + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether a request asks for a WebSocket. */
    static boolean isUpgrade(HttpMessage request) {
        return request.contains("upgrade", "websocket");
    }

    /** Returns whether a request asks for a new session over polling. */
    static boolean isHandshake(HttpMessage request) {
        return request.head().startsWith("GET") && request.head().contains("transport=polling")
                && !request.head().contains("sid=");
    }
}
