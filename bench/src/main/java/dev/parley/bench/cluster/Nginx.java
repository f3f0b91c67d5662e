package dev.parley.bench.cluster;

import dev.parley.bench.driver.BenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** nginx in front of the servers: round robin without affinity, with a log of each request. Used by one thread. */
final class Nginx implements AutoCloseable {
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin",
            "/opt/homebrew/bin");

    private final int port = Await.freePort();
    private final Path log;
    private final ChildProcess process;

    /**
     * Starts nginx and waits until it listens.
     *
     * @param affinity whether all requests of a client go to the same server
     */
    Nginx(Path folder, List<Integer> servers, boolean affinity) throws IOException, InterruptedException {
        log = folder.resolve("access.log");
        Path file = folder.resolve("nginx.conf");
        Files.writeString(file, configuration(folder, servers, affinity));
        process = ChildProcess.start("nginx",
                List.of(program(), "-p", folder.toString(), "-e",
                        folder.resolve("nginx-error.log").toString(), "-c", file.toString()),
                Map.of(), folder, line -> {});
        Await.open("nginx", port, process);
    }

    int port() {
        return port;
    }

    /** The program, which Debian keeps outside of the path of ordinary users. */
    static String program() {
        return Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), FOLDERS.stream())
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElse("nginx");
    }

    /** One process, so that it ends as a whole however it is ended. */
    private String configuration(Path folder, List<Integer> servers, boolean affinity) {
        String upstream = servers.stream()
                .map(server -> "server 127.0.0.1:" + server + ";")
                .collect(Collectors.joining(" "));
        String temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(kind -> kind + "_temp_path " + folder.resolve(kind) + ";")
                .collect(Collectors.joining(" "));
        return """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log %1$s/nginx-error.log;
                events { worker_connections 8192; }
                http {
                    %2$s
                    log_format rig '$status $upstream_addr $upstream_status $request_time $request_method $args';
                    # The doctor provokes errors to learn from them.
                    map $http_user_agent $client { parley-doctor 0; default 1; }
                    access_log %1$s/access.log rig if=$client;
                    map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
                    upstream cluster { %3$s %4$s keepalive 256; }
                    server {
                        listen 127.0.0.1:%5$d backlog=4096;
                        client_max_body_size 2m;
                        location / {
                            proxy_pass http://cluster;
                            proxy_http_version 1.1;
                            proxy_set_header Upgrade $http_upgrade;
                            proxy_set_header Connection $connection_upgrade;
                            proxy_set_header Host $http_host;
                            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                            proxy_buffering off;
                            proxy_request_buffering off;
                            proxy_read_timeout 120s;
                        }
                    }
                }
                """
                .formatted(folder, temporary, affinity ? "hash $arg_client;" : "", upstream, port);
    }

    /** Returns how often each status of an error was sent to clients. 499, a client that hung up, is none. */
    Map<Integer, Integer> errors() {
        var errors = new TreeMap<Integer, Integer>();
        for (String line : lines()) {
            int status = Integer.parseInt(line.substring(0, line.indexOf(' ')));
            if (status >= 400 && status != 499) {
                errors.merge(status, 1, Integer::sum);
            }
        }
        return errors;
    }

    /** Returns the first lines of errors in the log, for a reader who looks for their cause. */
    List<String> errorLines(int most) {
        return lines().stream()
                .filter(line -> line.matches("[45].*") && !line.startsWith("499"))
                .limit(most)
                .toList();
    }

    /** Returns the addresses of the servers that requests were sent to. */
    Set<String> servers() {
        var servers = new HashSet<String>();
        lines().forEach(line -> servers.add(line.split(" ", -1)[1]));
        return servers;
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void check() {
        if (!process.running()) {
            throw new BenchException("nginx has ended; see nginx-error.log");
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
