package dev.parley.assistant.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small MCP server without any SDK, as a process or over HTTP: it echoes, and fails in each way on request. */
final class EchoServer {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TOOLS = List
            .of("echo", "die", "hang", "flood", "burst", "refuse", "strange name!")
            .stream()
            .map(name -> "{\"name\":\"" + name + "\",\"description\":\"Does " + name
                    + ".\",\"annotations\":{\"readOnlyHint\":" + name.equals("echo")
                    + "},\"inputSchema\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}}")
            .collect(java.util.stream.Collectors.joining(",", "{\"tools\":[", "]}"));

    private EchoServer() {}

    /** Returns the specification that starts it as a process. */
    static ServerSpec.Stdio process(String name, String... arguments) {
        var command = new java.util.ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                EchoServer.class.getName()));
        command.addAll(List.of(arguments));
        return new ServerSpec.Stdio(name, command, java.util.Map.of("SECRET", "s3cret"));
    }

    public static void main(String[] arguments) throws IOException {
        if (List.of(arguments).contains("dead")) {
            return;
        }
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            answer(JSON.readTree(line)).ifPresent(System.out::println);
        }
    }

    /** The same server over HTTP, until it is closed. */
    static final class Web implements AutoCloseable {
        final List<String> authorizations = new CopyOnWriteArrayList<>();
        private final HttpServer server;

        Web() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/mcp", this::handle);
            server.start();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
        }

        private void handle(HttpExchange exchange) throws IOException {
            try (exchange) {
                authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                if (!exchange.getRequestMethod().equals("POST")) {
                    exchange.sendResponseHeaders(405, -1);
                    return;
                }
                var answer = answer(JSON.readTree(exchange.getRequestBody().readAllBytes()));
                if (answer.isEmpty()) {
                    exchange.sendResponseHeaders(202, -1);
                    return;
                }
                byte[] bytes = answer.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static Optional<String> answer(JsonNode request) {
        if (!request.has("id")) {
            return Optional.empty();
        }
        var result = switch (request.path("method").asString("")) {
            case "initialize" -> "{\"protocolVersion\":\""
                    + request.path("params").path("protocolVersion").asString("")
                    + "\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"echo\",\"version\":\"1\"}}";
            case "tools/list" -> TOOLS;
            case "tools/call" -> call(request.path("params"));
            default -> "{}";
        };
        return Optional
                .of("{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id") + ",\"result\":" + result + "}");
    }

    private static String call(JsonNode call) {
        return switch (call.path("name").asString("")) {
            case "die" -> {
                Runtime.getRuntime().halt(3);
                yield "";
            }
            case "hang" -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                yield "";
            }
            case "flood" -> text("x".repeat(1_000_000), false);
            case "burst" -> text("x".repeat(6_000_000), false);
            case "refuse" -> text("The cupboard is empty.", true);
            default -> text(call.path("arguments").path("text").asString("") + " " + System.getenv("SECRET")
                    + " " + System.getenv("PARLEY_TEST_LEAK"), false);
        };
    }

    private static String text(String text, boolean error) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}],\"isError\":" + error + "}";
    }
}
