package dev.parley.examples.guide;

import static java.util.Objects.requireNonNull;

import dev.parley.server.CorsOptions;
import dev.parley.server.ListenException;
import dev.parley.server.NotSentException;
import dev.parley.server.RefusedException;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.metrics.ServerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starting, admission, limits and stopping. */
final class Operation {
    private Operation() {}

    static SocketIoServer start() {
        // guide: start
        var io = SocketIoServer.create(ServerOptions.defaults());
        io.onConnection(socket -> socket.emit("welcome", socket.id()));
        try {
            int port = io.listen(3000);
            System.out.println("listens on port " + port);
        } catch (ListenException e) {
            System.err.println(e.getMessage()); // Port 3000 is already in use. …
        }
        // guide: end
        return io;
    }

    static void auth(SocketIoServer io, Users users) {
        // guide: auth
        record Credentials(String token) {}

        io.use(socket -> {
            var user = socket.handshake()
                    .credentials(Credentials.class) // io(url, { auth: { token } })
                    .map(Credentials::token)
                    .flatMap(users::byToken) // may block, for a database for example
                    .orElseThrow(() -> new RefusedException("not authorized"));
            socket.data().put("user", user);
        });
        io.onConnection(socket -> {
            var user = (String) requireNonNull(socket.data().get("user"));
            socket.join("user:" + user);
        });
        // guide: end
    }

    static SocketIoServer cors() {
        // guide: cors
        var cors = CorsOptions.builder()
                .allowedOrigins("https://app.example.com", "http://localhost:5173")
                .credentials(true) // cookies: the client sets withCredentials
                .build();
        var io = SocketIoServer.create(ServerOptions.builder().cors(cors).build());
        // guide: end
        return io;
    }

    static void refusals(SocketIoServer io) {
        // guide: refusals
        io.addListener(new ServerListener() {
            @Override
            public void refused(Refusal refusal) {
                System.err.println("refused: " + refusal.why() + " " + refusal.origin());
            }
        });
        // guide: end
    }

    static void export(SocketIoServer io, List<String> rows) {
        // guide: back-pressure
        io.onConnection(socket -> socket.on("export", event -> {
            try {
                for (String row : rows) {
                    socket.emit("row", row); // waits while the client's queue is full
                }
                event.ack(rows.size());
            } catch (NotSentException e) {
                System.err.println("export stopped: " + e.reason()); // the client does not read
            }
        }));
        // guide: end
    }

    static void ticker(SocketIoServer io, Ticker ticker) {
        // guide: latest value
        io.onConnection(socket -> {
            Consumer<Double> send = price -> socket.tryEmit("price", price); // false: left out, the queue is full
            ticker.add(send);
            socket.onDrain(() -> send.accept(ticker.latest()));
            socket.onDisconnect(reason -> ticker.remove(send));
        });
        // guide: end
    }

    static ServerOptions limits() {
        // guide: limits
        var options = ServerOptions.builder()
                .highWaterMark(500_000)
                .sendTimeout(Duration.ofSeconds(10))
                .memoryBudget(200_000_000)
                .build();
        // guide: end
        return options;
    }

    static SocketIoServer recovery() {
        // guide: recovery
        var io = SocketIoServer.create(ServerOptions.builder()
                .connectionStateRecovery(RecoveryOptions.within(Duration.ofMinutes(2)))
                .build());
        io.onConnection(socket -> {
            if (!socket.recovered()) {
                socket.join("room:lobby");
                socket.emit("history", List.of());
            }
            socket.on("say", String.class, text -> io.to("room:lobby").emit("said", text));
        });
        // guide: end
        return io;
    }

    static void metrics(SocketIoServer io, MeterRegistry registry) {
        // guide: metrics
        io.addListener(new ServerMetrics(registry, io));
        // guide: end
    }

    static void closing(SocketIoServer io) {
        // guide: closing
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (io) {
                io.drain(Duration.ofSeconds(5), Duration.ofSeconds(25), socket -> false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        // guide: end
    }

    interface Users {
        Optional<String> byToken(String token);
    }

    interface Ticker {
        void add(Consumer<Double> listener);

        void remove(Consumer<Double> listener);

        double latest();
    }
}
