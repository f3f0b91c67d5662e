package dev.parley.cluster;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client over WebSocket that asks for recovery as the reference client does: with its private id and the last offset. */
final class RecoveringClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    /** Events that came before what was waited for: the reference server sends missed events before it lets the client in. */
    private final Queue<String> early = new ArrayDeque<>();
    private @Nullable WebSocket socket;
    String id = "";
    String pid = "";
    /** The last argument of the last event. */
    String offset = "";

    /** Connects. Returns whether the server has recovered the session. */
    boolean connect(URI server) throws InterruptedException {
        return connect(server, "/");
    }

    boolean connect(URI server, String namespace) throws InterruptedException {
        var received = new LinkedBlockingQueue<String>();
        frames = received;
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(
                        "ws://127.0.0.1:" + server.getPort() + "/socket.io/?EIO=4&transport=websocket"),
                        new Frames(received))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        early.clear();
        frame("0{");
        String to = namespace.equals("/") ? "" : namespace + ",";
        send(pid.isEmpty() ? "40" + to
                : "40" + to + "{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
        var joined = JSON.readTree(frame("40").substring(2 + to.length()));
        boolean recovered = !pid.isEmpty() && pid.equals(joined.path("pid").asString(""));
        id = joined.path("sid").asString();
        pid = joined.path("pid").asString("");
        return recovered;
    }

    /** Joins rooms, and waits until the server has done it. */
    void join(String... rooms) throws InterruptedException {
        send("420[\"join\"," + JSON.writeValueAsString(rooms) + "]");
        frame("430");
    }

    void send(String frame) {
        Objects.requireNonNull(socket).sendText(frame, true).orTimeout(60, TimeUnit.SECONDS).join();
    }

    private String frame(String prefix) throws InterruptedException {
        while (true) {
            String next = frames.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new IllegalStateException("nothing came that begins with " + prefix);
            }
            if (next.startsWith(prefix)) {
                return next;
            }
            if (next.startsWith("42") || next.startsWith("45")) {
                early.add(next);
            }
        }
    }

    /** The events that came before one of this name, each with its first value. */
    List<String> until(String last) throws InterruptedException {
        var got = new ArrayList<String>();
        for (String next = next(); !next.equals(last); next = next()) {
            got.add(next);
        }
        return got;
    }

    String next() throws InterruptedException {
        JsonNode event = JSON
                .readTree((early.isEmpty() ? frame("4") : early.remove()).replaceFirst("^4(2|51-)", ""));
        var end = event.get(event.size() - 1);
        if (end.isString() && event.size() > 1) {
            offset = end.asString();
        }
        return event.get(0).asString() + (event.size() > 2 ? " " + event.get(1) : "");
    }

    /** Cuts the connection without a word. */
    void lose() {
        if (socket != null) {
            socket.abort();
        }
    }

    @Override
    public void close() {
        lose();
        http.shutdownNow();
    }

    private static final class Frames implements WebSocket.Listener {
        private final BlockingQueue<String> received;
        private final StringBuilder text = new StringBuilder();

        Frames(BlockingQueue<String> received) {
            this.received = received;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a ping that is not answered ends the connection
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                if (text.toString().equals("2")) {
                    from.sendText("3", true);
                } else {
                    received.add(text.toString());
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
