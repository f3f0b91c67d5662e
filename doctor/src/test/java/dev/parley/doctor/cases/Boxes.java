package dev.parley.doctor.cases;

import dev.parley.doctor.rig.HttpMessage;
import dev.parley.doctor.rig.Script;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Small components with one fault each, by the names that cases give them. */
final class Boxes {
    private static final byte[] CLOSE_1008 = {(byte) 0x88, 6, 3, (byte) 0xf0, 'n', 'o', 'p', 'e'};

    private Boxes() {}

    /** Returns a new box; throws IllegalArgumentException if there is none of that name. */
    static Script named(String name) {
        return switch (name) {
            case "ssh" -> answers(
                    _request -> Optional.of("SSH-2.0-OpenSSH_9.2p1\r\n".getBytes(StandardCharsets.US_ASCII)));
            case "plain-websocket" ->
                answers(_request -> Script.respond(426, "Upgrade Required", "Upgrade: websocket"));
            case "sockjs" ->
                answers(request -> request.head().startsWith("GET /socket.io/info") ? Script.respond(200,
                        "{\"websocket\":true,\"origins\":[\"*:*\"],\"cookie_needed\":false,\"entropy\":1}")
                        : Script.respond(404, ""));
            case "signalr" -> answers(request -> request.head().startsWith("POST /socket.io/negotiate")
                    ? Script.respond(200, "{\"connectionId\":\"x\",\"availableTransports\":[]}")
                    : Script.respond(400, "Connection ID required"));
            case "graphql" -> answers(_request -> Script.respond(400,
                    "{\"errors\":[{\"message\":\"Must provide query string.\"}]}"));
            case "grpc" -> answers(_request -> Script.respond(200, "", "Content-Type: application/grpc"));
            case "challenge" ->
                answers(_request -> Script.respond(403, "<html><title>Just a moment...</title></html>",
                        "cf-mitigated: challenge", "Server: cloudflare", "CF-RAY: 7d0b0a0c0d0e0f00-FRA"));
            case "serverless" -> serverless();
            case "second-fails" -> secondFails();
            case "slow" -> slow(3_000, _request -> true);
            case "held" -> slow(600, request -> request.head().startsWith("GET")
                    && request.head().contains("sid=") && !Script.isUpgrade(request));
            case "silent" -> answers(_request -> {
                Thread.sleep(60_000);
                return Optional.empty();
            });
            case "late-websocket" -> late();
            case "down-lost" -> frames(bytes -> new byte[0], bytes -> bytes);
            case "up-lost" -> frames(bytes -> bytes, bytes -> new byte[0]);
            case "rsv1" -> frames(bytes -> marked(bytes, 0x40), bytes -> bytes);
            case "rsv2" -> frames(bytes -> marked(bytes, 0x20), bytes -> bytes);
            case "closed" -> frames(bytes -> CLOSE_1008, bytes -> bytes);
            case "mangled" -> mangled();
            case "wrong-accept" -> new Script() {
                @Override
                public HttpMessage response(HttpMessage request, HttpMessage response) {
                    return Script.isUpgrade(request)
                            ? response.with("sec-websocket-accept", "")
                                    .with("Sec-WebSocket-Accept", "d3Jvbmc=")
                            : response;
                }
            };
            case "other-server" -> answers(request -> Script.isUpgrade(request)
                    ? Script.respond(400, "Bad Request", "Content-Type: text/html")
                    : Optional.empty());
            case "vite" -> answers(request -> {
                if (request.head().startsWith("GET /@vite/client")) {
                    return Script.respond(200, "import '/node_modules/vite/dist/client/env.mjs'",
                            "Content-Type: text/javascript");
                }
                return Script.isUpgrade(request) ? Optional.of(new byte[0]) : Optional.empty();
            });
            default -> throw new IllegalArgumentException("no such box: " + name);
        };
    }

    private interface Answer {
        Optional<byte[]> to(HttpMessage request) throws InterruptedException;
    }

    private static Script answers(Answer answer) {
        return new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) throws InterruptedException {
                return answer.to(request);
            }
        };
    }

    private static Script frames(UnaryOperator<byte[]> down, UnaryOperator<byte[]> up) {
        return new Script() {
            @Override
            public byte[] down(byte[] bytes) {
                return down.apply(bytes);
            }

            @Override
            public byte[] up(byte[] bytes) {
                return up.apply(bytes);
            }
        };
    }

    private static byte[] marked(byte[] bytes, int bit) {
        bytes[0] |= (byte) bit;
        return bytes;
    }

    /** Each request reaches a function of its own, so that none knows the session of another. */
    private static Script serverless() {
        return new Script() {
            @Override
            public Optional<byte[]> answer(HttpMessage request) {
                return request.head().contains("sid=")
                        ? Script.respond(400, "{\"code\":1,\"message\":\"Session ID unknown\"}",
                                "Server: Vercel", "x-vercel-id: fra1::abcde-1700000000000-0123456789ab",
                                "Content-Type: application/json")
                        : Optional.empty();
            }

            @Override
            public HttpMessage response(HttpMessage request, HttpMessage response) {
                return Script.isHandshake(request)
                        ? response.with("Server", "Vercel")
                                .with("x-vercel-id", "fra1::abcde-1700000000000-0123456789ab")
                        : response;
            }
        };
    }

    private static Script secondFails() {
        var asked = new AtomicInteger();
        return answers(request -> Script.isHandshake(request) && asked.incrementAndGet() % 2 == 0
                ? Script.respond(502, "<html>502 Bad Gateway</html>", "Server: nginx")
                : Optional.empty());
    }

    private static Script slow(long millis, Function<HttpMessage, Boolean> which) {
        return new Script() {
            @Override
            public HttpMessage response(HttpMessage request, HttpMessage response)
                    throws InterruptedException {
                if (which.apply(request)) {
                    Thread.sleep(millis);
                }
                return response;
            }
        };
    }

    /** Delays frames, each way, and nothing else. */
    private static Script late() {
        UnaryOperator<byte[]> wait = bytes -> {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return bytes;
        };
        return frames(wait, wait);
    }

    /** Agrees to the compression that a client offers, and spoils the first byte of what follows. */
    private static Script mangled() {
        return new Script() {
            private final AtomicBoolean compressed = new AtomicBoolean();

            @Override
            public HttpMessage response(HttpMessage request, HttpMessage response) {
                if (!Script.isUpgrade(request)) {
                    return response;
                }
                compressed.set(request.contains("sec-websocket-extensions", "permessage-deflate"));
                return compressed.get() ? response.with("Sec-WebSocket-Extensions", "permessage-deflate")
                        : response;
            }

            @Override
            public byte[] down(byte[] bytes) {
                return compressed.get() ? marked(bytes, 0x40) : bytes;
            }
        };
    }
}
