package dev.parley.doctor.rig;

import dev.parley.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Starts nginx and HAProxy as processes with the configuration of a test. */
public final class Proxies implements AutoCloseable {
    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    public Proxies(Path folder) {
        this.folder = folder;
    }

    /** Returns a correct nginx location for Socket.IO. */
    public static String nginxRight(int upstream) {
        return """
                location / {
                    proxy_pass http://127.0.0.1:%d;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade;
                    proxy_set_header Host $host:$server_port;
                }
                """.formatted(upstream);
    }

    /** Returns an nginx location without upgrade headers, as in most tutorials for plain HTTP. */
    public static String nginxPlain(int upstream, String more) {
        return """
                location / {
                    proxy_pass http://127.0.0.1:%d;
                    proxy_set_header Host $host:$server_port;
                    %s
                }
                """.formatted(upstream, more);
    }

    /** Starts nginx with the content of a server block; {@code http} precedes it. */
    public String nginx(String server, String http) {
        int port = Ports.free();
        nginxAt(port, "", server, http);
        return "http://127.0.0.1:" + port;
    }

    /** Starts nginx on a port; {@code listen} is added to the line that says so. */
    public void nginxAt(int port, String listen, String server, String http) {
        write("nginx.conf",
                """
                        user %4$s;
                        worker_processes 1;
                        error_log %1$s/error.log;
                        pid %1$s/nginx.pid;
                        daemon off;
                        events { worker_connections 512; }
                        http {
                            access_log off;
                            client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                            uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                            map $http_upgrade $connection_upgrade { default upgrade; '' close; }
                            %2$s
                            server {
                                listen 127.0.0.1:%3$d %6$s;
                                %5$s
                            }
                        }
                        """
                        .formatted(folder, http, port, System.getProperty("user.name"), server, listen));
        start(List.of("/usr/sbin/nginx", "-c", folder + "/nginx.conf", "-p", folder.toString()), port);
    }

    public String nginx(String server) {
        return nginx(server, "");
    }

    /** Starts a program that reads a file; the text and the command name the port and the folder. */
    public void program(String file, String text, List<String> command, int port) {
        write(file, text);
        start(command, port);
    }

    /** Starts HAProxy with backend lines; {@code defaults} are added to the usual ones. */
    public String haproxy(String defaults, String frontend, String backend, TestServer... servers) {
        return haproxyBefore(defaults, frontend, backend,
                Stream.of(servers).mapToInt(TestServer::port).toArray());
    }

    /** Starts HAProxy in front of servers that are given by their ports. */
    String haproxyBefore(String defaults, String frontend, String backend, int... ports) {
        int port = Ports.free();
        haproxyAt(port, "", defaults, frontend, backend, ports);
        return "http://127.0.0.1:" + port;
    }

    /** Starts HAProxy on a port; {@code bind} is added to the line that says so. */
    public void haproxyAt(int port, String bind, String defaults, String frontend, String backend,
            int... ports) {
        var lines = new StringBuilder();
        IntStream.range(0, ports.length)
                .forEach(i -> lines.append("    server s")
                        .append(i)
                        .append(" 127.0.0.1:")
                        .append(ports[i])
                        .append(" cookie s")
                        .append(i)
                        .append('\n'));
        write("haproxy.cfg", """
                global
                    maxconn 500
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 60s
                    timeout server 60s
                    timeout tunnel 60s
                %s
                frontend in
                    bind 127.0.0.1:%d %s
                %s
                    default_backend out
                backend out
                %s
                %s
                """.formatted(defaults.indent(4), port, bind, frontend.indent(4), backend.indent(4), lines));
        start(List.of("/usr/sbin/haproxy", "-f", folder + "/haproxy.cfg", "-db"), port);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(List<String> command, int port) {
        Path output = folder.resolve("output.txt");
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            processes.add(process);
            Ports.awaitOpen(port, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError(command + " ended: " + Files.readString(output));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
