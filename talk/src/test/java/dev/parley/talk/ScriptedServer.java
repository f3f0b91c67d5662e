package dev.parley.talk;

import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.server.http.SocketIoHttp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server that follows a script and detects loud audio instead of words. */
final class ScriptedServer implements AutoCloseable {
    private static final int LOUD = 1_000;
    private static final int QUIET_CHUNKS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final SocketIoServer io;
    private final HttpServer http;
    private final Script script;
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Ear ear = new Ear();

    enum Script {
        ANSWER,
        /** Acknowledges every event and sends no answer. */
        SILENT,
        REFUSE,
        NO_CONVERSATIONS,
        ERROR,
        HANG_UP,
        /** Offers a token, confirms audio, disconnects the client in the middle of its speech, and goes on when it comes back. */
        LOSE,
        /** The same, but has forgotten the conversation then. */
        FORGET
    }

    ScriptedServer(Script script, TransportKind... transports) {
        this.script = script;
        var options = ServerOptions.defaults();
        io = SocketIoServer.create(transports.length == 0 ? options
                : options.toBuilder().transports(List.of(transports)).build());
        io.of("/").onConnection(this::serve);
        http = soon(vertx.createHttpServer().requestHandler(SocketIoHttp.handler(io)).listen(0, "127.0.0.1"));
    }

    String url() {
        return "http://127.0.0.1:" + http.actualPort();
    }

    /** Returns the names of received events, without audio. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        io.close();
        soon(vertx.close());
    }

    private static <T> T soon(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private void serve(Socket socket) {
        if (script == Script.NO_CONVERSATIONS) {
            return;
        }
        socket.onAny((name, event) -> {
            if (!name.equals("audioInput")) {
                seen.add(name);
            }
        });
        socket.on("initializeConnection", event -> {
            if (script == Script.LOSE || script == Script.FORGET) {
                socket.emit("conversation", ear.offer(event.json(0)));
            }
            event.ack(script == Script.REFUSE ? Map.of("success", false, "error", "all lines are busy")
                    : Map.of("success", true));
        });
        socket.on("audioStart", event -> socket.emit("audioReady"));
        socket.on("audioInput", event -> ear.hear(socket,
                event.bytes(0).orElseGet(() -> Base64.getDecoder().decode(event.text(0)))));
        socket.on("stopAudio", event -> socket.emit("sessionClosed"));
    }

    /** Detects the end of a turn after a third of a second of silence. Handlers of one client call it, one after the other. */
    private final class Ear {
        private static final int LOST_AFTER = 10;

        private int loud;
        private int quiet;
        private int block;
        private int chunks;
        private @Nullable Socket former;

        synchronized Map<String, Object> offer(JsonNode asked) {
            boolean resumed = script == Script.LOSE && asked.path("resume").asString("").equals("a token");
            return Map.of("token", "a token", "resumed", resumed, "from", asked.path("received").asLong(0),
                    "replay", true, "audio", Map.of("count", chunks, "lost", 0));
        }

        synchronized void hear(Socket socket, byte[] pcm) {
            if ((script == Script.LOSE || script == Script.FORGET) && former == null && loud == LOST_AFTER) {
                former = socket;
                socket.disconnect(true);
            }
            if (socket.equals(former)) {
                return; // these are lost
            }
            chunks++;
            boolean isLoud = false;
            for (int i = 0; i + 1 < pcm.length; i += 2) {
                isLoud |= Math.abs((short) ((pcm[i] & 0xFF) | (pcm[i + 1] << 8))) > LOUD;
            }
            quiet = isLoud ? 0 : quiet + 1;
            loud += isLoud ? 1 : 0;
            if (loud > 2 && quiet == QUIET_CHUNKS) {
                turn(socket, loud);
                loud = 0;
            }
        }

        private void turn(Socket socket, int chunks) {
            switch (script) {
                case ANSWER, LOSE -> answer(socket, chunks);
                case ERROR ->
                    socket.emit("error", Map.of("message", "the model is away", "details", "try later"));
                case HANG_UP -> socket.disconnect(true);
                case SILENT, REFUSE, NO_CONVERSATIONS, FORGET -> {}
            }
        }

        private void answer(Socket socket, int chunks) {
            text(socket, "USER", "FINAL", chunks + " chunks", "PARTIAL_TURN");
            socket.emit("toolUse", Map.of("toolName", "clock", "toolUseId", "1", "content", "{}"));
            text(socket, "ASSISTANT", "SPECULATIVE", "I heard you.", "END_TURN");
            String id = "block-" + block++;
            socket.emit("contentStart", Map.of("contentId", id, "type", "AUDIO", "role", "ASSISTANT"));
            String sound = Base64.getEncoder().encodeToString(WavSamples.tone(24_000, 1, 16, false, 0.25));
            for (int i = 0; i < 2; i++) {
                socket.emit("audioOutput", Map.of("contentId", id, "role", "ASSISTANT", "content", sound));
            }
            socket.emit("contentEnd",
                    Map.of("contentId", id, "type", "AUDIO", "role", "ASSISTANT", "stopReason", "END_TURN"));
            text(socket, "ASSISTANT", "FINAL", "I heard you.", "END_TURN");
        }

        private void text(Socket socket, String role, String stage, String content, String stop) {
            String id = "block-" + block++;
            socket.emit("contentStart", Map.of("contentId", id, "type", "TEXT", "role", role,
                    "additionalModelFields", "{\"generationStage\":\"" + stage + "\"}"));
            socket.emit("textOutput", Map.of("contentId", id, "role", role, "content", content));
            socket.emit("contentEnd",
                    Map.of("contentId", id, "type", "TEXT", "role", role, "stopReason", stop));
        }
    }
}
