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

/** A server that follows a script and detects loud audio instead of words. */
final class ScriptedServer implements AutoCloseable {
    private static final int LOUD = 1_000;
    private static final int QUIET_CHUNKS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final SocketIoServer io;
    private final HttpServer http;
    private final Script script;
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    enum Script {
        ANSWER,
        /** Acknowledges every event and sends no answer. */
        SILENT,
        REFUSE,
        NO_CONVERSATIONS,
        ERROR,
        HANG_UP
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
        var ear = new Ear(socket);
        socket.onAny((name, event) -> {
            if (!name.equals("audioInput")) {
                seen.add(name);
            }
        });
        socket.on("initializeConnection",
                event -> event
                        .ack(script == Script.REFUSE ? Map.of("success", false, "error", "all lines are busy")
                                : Map.of("success", true)));
        socket.on("audioStart", event -> socket.emit("audioReady"));
        socket.on("audioInput",
                event -> ear.hear(event.bytes(0).orElseGet(() -> Base64.getDecoder().decode(event.text(0)))));
        socket.on("stopAudio", event -> socket.emit("sessionClosed"));
    }

    /** Detects the end of a turn after a third of a second of silence. */
    private final class Ear {
        private final Socket socket;
        private int loud;
        private int quiet;
        private int block;

        Ear(Socket socket) {
            this.socket = socket;
        }

        void hear(byte[] pcm) {
            boolean isLoud = false;
            for (int i = 0; i + 1 < pcm.length; i += 2) {
                isLoud |= Math.abs((short) ((pcm[i] & 0xFF) | (pcm[i + 1] << 8))) > LOUD;
            }
            quiet = isLoud ? 0 : quiet + 1;
            loud += isLoud ? 1 : 0;
            if (loud > 2 && quiet == QUIET_CHUNKS) {
                turn(loud);
                loud = 0;
            }
        }

        private void turn(int chunks) {
            switch (script) {
                case ANSWER -> answer(chunks);
                case ERROR ->
                    socket.emit("error", Map.of("message", "the model is away", "details", "try later"));
                case HANG_UP -> socket.disconnect(true);
                case SILENT, REFUSE, NO_CONVERSATIONS -> {}
            }
        }

        private void answer(int chunks) {
            text("USER", "FINAL", chunks + " chunks", "PARTIAL_TURN");
            socket.emit("toolUse", Map.of("toolName", "clock", "toolUseId", "1", "content", "{}"));
            text("ASSISTANT", "SPECULATIVE", "I heard you.", "END_TURN");
            String id = "block-" + block++;
            socket.emit("contentStart", Map.of("contentId", id, "type", "AUDIO", "role", "ASSISTANT"));
            String sound = Base64.getEncoder().encodeToString(WavSamples.tone(24_000, 1, 16, false, 0.25));
            for (int i = 0; i < 2; i++) {
                socket.emit("audioOutput", Map.of("contentId", id, "role", "ASSISTANT", "content", sound));
            }
            socket.emit("contentEnd",
                    Map.of("contentId", id, "type", "AUDIO", "role", "ASSISTANT", "stopReason", "END_TURN"));
            text("ASSISTANT", "FINAL", "I heard you.", "END_TURN");
        }

        private void text(String role, String stage, String content, String stop) {
            String id = "block-" + block++;
            socket.emit("contentStart", Map.of("contentId", id, "type", "TEXT", "role", role,
                    "additionalModelFields", "{\"generationStage\":\"" + stage + "\"}"));
            socket.emit("textOutput", Map.of("contentId", id, "role", role, "content", content));
            socket.emit("contentEnd",
                    Map.of("contentId", id, "type", "TEXT", "role", role, "stopReason", stop));
        }
    }
}
