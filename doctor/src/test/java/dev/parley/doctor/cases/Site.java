package dev.parley.doctor.cases;

import dev.parley.doctor.rig.Proxies;
import dev.parley.doctor.rig.ScriptedProxy;
import dev.parley.doctor.rig.TestServer;
import dev.parley.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a case plays: servers, and proxies and boxes in front of them. Closing stops them. Used by one thread. */
final class Site implements AutoCloseable {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z0-9-]+)\\}");
    private static final String UPGRADE = "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; "
            + "proxy_set_header Connection $connection_upgrade; proxy_set_header Host $host:$server_port;";
    /** Programs of which a distribution may have put the command in a folder for administrators. */
    private static final Map<String, String> PROGRAMS = Map.of("nginx", "nginx", "haproxy", "haproxy",
            "apache", "apache2", "caddy", "caddy", "lighttpd", "lighttpd", "varnish", "varnishd", "squid",
            "squid", "stunnel", "stunnel4", "node", "node", "python", "python3");

    private final Case played;
    private final Path folder;
    private final CaseCertificates certificates;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private int port;
    private int folders;

    private Site(Case played, Path folder, CaseCertificates certificates) {
        this.played = played;
        this.folder = folder;
        this.certificates = certificates;
    }

    /** Starts everything; the last part of the path first. */
    static Site start(Case played, Path folder, CaseCertificates certificates) {
        var site = new Site(played, folder, certificates);
        try {
            var path = played.path();
            var behind = List.<Integer>of();
            for (int i = path.size() - 1; i >= 0; i--) {
                behind = site.start(path.get(i), behind);
            }
            site.port = behind.getFirst();
            return site;
        } catch (RuntimeException | Error e) {
            site.close();
            throw e;
        }
    }

    /** Returns the programs of a case that are not installed. */
    static List<String> missing(Case played) {
        return played.path()
                .stream()
                .map(Case.Part::kind)
                .filter(PROGRAMS::containsKey)
                .filter(kind -> program(kind).isEmpty())
                .toList();
    }

    /** Returns the port that clients connect to. */
    int port() {
        return port;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private List<Integer> start(Case.Part part, List<Integer> behind) {
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < part.count(); i++) {
            ports.add(startOne(part, behind));
        }
        return ports;
    }

    private int startOne(Case.Part part, List<Integer> behind) {
        return switch (part.kind()) {
            case "nothing" -> Ports.free();
            case "parley" -> {
                var server = TestServer.start();
                parts.push(server);
                yield server.port();
            }
            case "box" -> {
                var box = new ScriptedProxy(behind.isEmpty() ? 0 : behind.getFirst(),
                        Boxes.named(part.variant()));
                parts.push(box);
                yield box.port();
            }
            default -> program(part, behind);
        };
    }

    private int program(Case.Part part, List<Integer> behind) {
        int listening = Ports.free();
        Path home = newFolder();
        var proxies = new Proxies(home);
        parts.push(proxies);
        String kind = part.kind();
        var fill = new Fill(kind, home, listening, behind);
        switch (kind) {
            case "nginx" -> proxies.nginxAt(listening, played.text("nginx-listen"), fill.lines(),
                    fill.in(played.text("nginx-http")));
            case "haproxy" -> proxies.haproxyAt(listening, fill.in(played.text("haproxy-listen")),
                    played.text("haproxy-defaults"), "", fill.lines(),
                    behind.stream().mapToInt(Integer::intValue).toArray());
            default ->
                proxies.program(kind + ".conf", Files.exists(conf(kind)) ? fill.in(text(conf(kind))) : "",
                        command(part, home.resolve(kind + ".conf"), listening), listening);
        }
        return listening;
    }

    private static List<String> command(Case.Part part, Path file, int port) {
        String program = program(part.kind()).orElseThrow().toString();
        String config = file.toString();
        return switch (part.kind()) {
            case "apache" -> List.of(program, "-D", "FOREGROUND", "-f", config);
            case "caddy" -> List.of(program, "run", "--adapter", "caddyfile", "--config", config);
            case "lighttpd" -> List.of(program, "-D", "-f", config);
            case "varnish" -> List.of(program, "-F", "-j", "none", "-n", file.getParent() + "/work", "-a",
                    "127.0.0.1:" + port, "-f", config, "-s", "malloc,16m");
            case "squid" -> List.of(program, "-N", "-f", config);
            case "stunnel" -> List.of(program, config);
            case "node" -> List.of(program, CaseFile.HOME.resolve("node/server.cjs").toString(),
                    Integer.toString(port), part.variant());
            case "python" -> List.of(program, CaseFile.HOME.resolve("python/server.py").toString(),
                    Integer.toString(port), part.variant().isEmpty() ? "aiohttp" : part.variant());
            default -> throw new IllegalArgumentException("no such software: " + part.kind());
        };
    }

    /** Returns where a program is; the distribution's own Python is preferred, because its packages belong to it. */
    private static Optional<Path> program(String kind) {
        String name = PROGRAMS.getOrDefault(kind, kind);
        return Stream
                .concat(Stream.of("/usr/sbin", "/usr/bin"),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path conf(String name) {
        return CaseFile.HOME.resolve("conf/" + name + ".conf");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a new folder that the users of Apache and Squid may write to. */
    private Path newFolder() {
        try {
            Path home = Files.createDirectory(folder.resolve("part" + folders++));
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.writeString(home.resolve("page.html"), "<!doctype html><title>An application</title>");
            Files.writeString(home.resolve("none"), "");
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills the placeholders of a configuration. */
    private final class Fill {
        private final String kind;
        private final Path home;
        private final int listening;
        private final List<Integer> behind;

        private Fill(String kind, Path home, int listening, List<Integer> behind) {
            this.kind = kind;
            this.home = home;
            this.listening = listening;
            this.behind = behind;
        }

        /** Returns the case's own lines for a software, or its right ones. */
        private String lines() {
            String own = played.text(kind);
            return in(own.isEmpty() ? text(conf(kind + "-right")) : own);
        }

        private String in(String text) {
            return PLACEHOLDER.matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
        }

        private String value(String name) {
            if (name.startsWith("upstream")) {
                String number = name.substring("upstream".length());
                return Integer.toString(behind.get(number.isEmpty() ? 0 : Integer.parseInt(number) - 1));
            }
            if (name.startsWith("tls-")) {
                return certificates.named(name.substring(4)).nginx();
            }
            return switch (name) {
                case "folder" -> home.toString();
                case "port" -> Integer.toString(listening);
                case "upgrade" -> UPGRADE;
                case "right" -> in(text(conf("nginx-right")));
                case "lines" -> lines();
                case "tls" -> certificates.trusted().nginx();
                case "both" -> certificates.trusted().both().toString();
                case "certificate" -> certificates.trusted().chain().toString();
                default -> throw new IllegalArgumentException("no such placeholder: " + name);
            };
        }
    }
}
