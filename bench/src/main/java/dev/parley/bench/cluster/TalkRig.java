package dev.parley.bench.cluster;

import dev.parley.bench.driver.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Redis, three servers of the application and nginx without affinity, and what speaks to them. Used by one thread. */
final class TalkRig implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration TALK = Duration.ofMinutes(4);
    private static final int SERVERS = 3;

    private final Path home;
    private final Path logs;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();
    private final Nginx nginx;

    /** Starts all and waits until the servers can talk. */
    TalkRig(Path home, Path logs, boolean nova) throws IOException, InterruptedException {
        this.home = home;
        this.logs = Files.createDirectories(logs);
        try {
            var redis = part(new Redis(home.resolve("../deploy/cluster").normalize(), logs));
            var environment = new HashMap<String, String>();
            environment.put("PARLEY_REDIS_URL", String.format(redis.url(), redis.port()));
            environment.put("PARLEY_CLUSTER_SECRET", Rig.SECRET);
            environment.put("PARLEY_HOST", "127.0.0.1");
            if (nova) {
                environment.putAll(standIn());
            }
            for (int i = 1; i <= SERVERS; i++) {
                servers.add(part(new Server(i, environment)));
            }
            for (Server server : servers) {
                server.awaitReady();
            }
            nginx = part(new Nginx(logs, servers.stream().map(server -> server.port).toList(), false));
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T part(T started) {
        parts.add(started);
        return started;
    }

    /** Starts the stand-in of Nova Sonic, and returns how servers reach it. */
    private Map<String, String> standIn() throws InterruptedException {
        int port = Await.freePort();
        var process = part(ChildProcess.start("emulate-bedrock",
                parley("emulate-bedrock", "--port", Integer.toString(port)), Map.of(), logs, line -> {}));
        Await.open("emulate-bedrock", port, process);
        return Map.of("PARLEY_MODEL", "nova-sonic", "PARLEY_NOVA_REGION", "us-east-1", "PARLEY_NOVA_ENDPOINT",
                "http://127.0.0.1:" + port, "AWS_ACCESS_KEY_ID", "parley", "AWS_SECRET_ACCESS_KEY", "parley");
    }

    private List<String> parley(String... arguments) {
        var command = new ArrayList<>(List.of(home.resolve("../parley").normalize().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The address of one server. */
    String direct() {
        return servers.getFirst().url();
    }

    /** The address of the load balancer. */
    String balanced() {
        return "http://127.0.0.1:" + nginx.port();
    }

    Nginx nginx() {
        return nginx;
    }

    /**
     * Speaks recordings to a server or the load balancer, over polling, and returns the report.
     *
     * @param progress is called with each line of progress, on another thread
     */
    TalkTranscript talk(String name, String url, List<Path> recordings, Consumer<String> progress)
            throws IOException, InterruptedException {
        var command = parley("talk", "--url", url, "--transport", "polling", "--json");
        recordings.forEach(file -> command.add(file.toString()));
        Path report = logs.resolve(name + ".json");
        Process talking = new ProcessBuilder(command).redirectOutput(report.toFile()).start();
        var reader = Thread.ofVirtual().start(() -> {
            try (var lines = talking.errorReader()) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    progress.accept(line);
                }
            } catch (IOException ended) {
                progress.accept("the output has ended");
            }
        });
        try {
            if (!talking.waitFor(TALK.toSeconds(), TimeUnit.SECONDS)) {
                throw new BenchException("talk did not end within " + TALK.toSeconds() + " s");
            }
            reader.join();
            return TalkTranscript.read(Files.readString(report));
        } finally {
            talking.destroyForcibly();
        }
    }

    /** Returns the number of the server that has the conversation. */
    int owner() throws InterruptedException {
        int[] found = {-1};
        Await.until("a conversation at one of the servers", START, () -> {
            found[0] = IntStream.range(0, SERVERS)
                    .filter(i -> servers.get(i).ready().matches("(?s).*\"activeSessions\":[1-9].*"))
                    .findFirst()
                    .orElse(-1);
            return found[0] >= 0;
        });
        return found[0];
    }

    void kill(int server) {
        servers.get(server).process.close();
    }

    /** Asks a server to end, and does not wait for it. */
    void terminate(int server) throws InterruptedException {
        servers.get(server).process.signal("TERM");
    }

    /** Starts a server in place of one that was ended. */
    void replace(int server) throws InterruptedException {
        var ended = servers.get(server);
        Await.until("the end of server " + (server + 1), START, () -> !ended.process.running());
        ended.process.close();
        ended.begin();
        ended.awaitReady();
    }

    @Override
    public void close() {
        for (AutoCloseable each : parts.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new BenchException("could not end a part of the rig", e);
            }
        }
        http.close();
    }

    /** One server of the application. */
    private final class Server implements AutoCloseable {
        private final int number;
        private final int port = Await.freePort();
        private final Map<String, String> environment;
        private ChildProcess process;

        private Server(int number, Map<String, String> environment) throws IOException {
            this.number = number;
            this.environment = new HashMap<>(environment);
            this.environment.put("PORT", Integer.toString(port));
            this.environment.put("PARLEY_CLUSTER_ADDRESS", "127.0.0.1:" + Await.freePort());
            this.environment.put("PARLEY_DATA",
                    Files.createDirectories(logs.resolve("data-" + number)).toString());
            this.process = started();
        }

        private ChildProcess started() {
            return ChildProcess.start("server-" + number, parley("serve"), environment, logs, line -> {});
        }

        private void begin() {
            process = started();
        }

        private String url() {
            return "http://127.0.0.1:" + port;
        }

        private void awaitReady() throws InterruptedException {
            Await.until("the start of server " + number + " (see its log in " + logs + ")", START,
                    () -> !ready().isEmpty() || !process.running());
            if (!process.running()) {
                throw new BenchException("server " + number + " has ended; see its log in " + logs);
            }
        }

        /** Returns the report of a server that can talk, or an empty text. */
        private String ready() {
            try {
                var reply = http.send(HttpRequest.newBuilder(URI.create(url() + "/health/ready"))
                        .timeout(Duration.ofSeconds(5))
                        .build(), BodyHandlers.ofString());
                return reply.statusCode() == 200 ? reply.body() : "";
            } catch (IOException away) {
                return "";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
