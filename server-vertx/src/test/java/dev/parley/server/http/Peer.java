package dev.parley.server.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** A client with no manners of its own: sends the requests and frames it is told to, and shows what comes back. */
final class Peer implements AutoCloseable {
    static final String POLLING = "EIO=4&transport=polling";
    static final String WEBSOCKET = "EIO=4&transport=websocket";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Peer(TestServer server) {
        this(server.port());
    }

    Peer(int port) {
        this.port = port;
    }

    HttpResponse<String> send(String method, String query, String body, String... headers) throws Exception {
        return sendAsync(method, query, body, headers).get(60, TimeUnit.SECONDS);
    }

    CompletableFuture<HttpResponse<String>> sendAsync(String method, String query, String body,
            String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/socket.io/" + query))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** A request for a path and query of its own. */
    HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return http.sendAsync(request.build(), BodyHandlers.ofString()).get(60, TimeUnit.SECONDS);
    }

    HttpResponse<byte[]> postBytes(String query, byte[] body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/socket.io/" + query))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body));
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray()).get(60, TimeUnit.SECONDS);
    }

    HttpResponse<byte[]> getBytes(String query, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/socket.io/" + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray()).get(60, TimeUnit.SECONDS);
    }

    /** A polling session's sid. */
    String handshake() throws Exception {
        String body = send("GET", "?" + POLLING, "").body();
        return body.substring(9, body.indexOf('"', 9));
    }

    /** A polling session whose client is in the default namespace. */
    String join() throws Exception {
        String sid = handshake();
        post(sid, "40");
        poll(sid);
        return sid;
    }

    HttpResponse<String> poll(String sid) throws Exception {
        return send("GET", "?" + POLLING + "&sid=" + sid, "");
    }

    CompletableFuture<HttpResponse<String>> hangingPoll(String sid) {
        return sendAsync("GET", "?" + POLLING + "&sid=" + sid, "");
    }

    HttpResponse<String> post(String sid, String body) throws Exception {
        return send("POST", "?" + POLLING + "&sid=" + sid, body);
    }

    Frames frames(String query, String... headers) {
        var frames = new Frames();
        var builder = http.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        var uri = URI.create("ws://127.0.0.1:" + port + "/socket.io/?" + query);
        frames.socket = builder.buildAsync(uri, frames).join();
        return frames;
    }

    /** A session over WebSocket whose client is in the default namespace. */
    Frames joinFrames() throws Exception {
        var frames = frames(WEBSOCKET);
        frames.next();
        frames.send("40");
        frames.next();
        return frames;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A WebSocket and what it received: texts as they are, binary as its length, the close as {@code closed CODE}. */
    static final class Frames implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private int binary;
        private @Nullable WebSocket socket;

        void send(String message) {
            socket().sendText(message, true).join();
        }

        /** The same; false when the server has closed the connection meanwhile. */
        boolean trySend(String message) {
            return socket().sendText(message, true).handle((sent, failure) -> failure == null).join();
        }

        void sendBinary(byte[] message) {
            socket().sendBinary(ByteBuffer.wrap(message), true).join();
        }

        WebSocket socket() {
            if (socket == null) {
                throw new IllegalStateException("not open");
            }
            return socket;
        }

        String next() throws InterruptedException {
            return String.valueOf(received.poll(60, TimeUnit.SECONDS));
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket at, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            at.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket at, ByteBuffer data, boolean last) {
            binary += data.remaining();
            if (last) {
                received.add("binary " + binary);
                binary = 0;
            }
            at.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket at, int statusCode, String reason) {
            received.add("closed " + statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket at, Throwable error) {
            received.add("broken");
        }
    }
}
