package dev.parley.assistant.weather;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A local stand-in for Open-Meteo: it knows one town, and fails on request. */
final class WeatherServiceStandIn implements AutoCloseable {

    /** The next responses of the service. */
    enum Mood {
        WELL,
        BROKEN,
        NONSENSE,
        ENDLESS,
        SILENT
    }

    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile Mood mood = Mood.WELL;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    WeatherServiceStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(workers);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/meteo");
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        try (exchange) {
            switch (mood) {
                case WELL -> send(exchange, 200,
                        exchange.getRequestURI().getPath().endsWith("/search")
                                ? exchange.getRequestURI().getQuery().contains("name=Galway") ? GALWAY
                                        : "{\"generationtime_ms\":0.5}"
                                : FORECAST);
                case BROKEN -> send(exchange, 500, "{\"error\":true}");
                case NONSENSE -> send(exchange, 200, "<html>proxy</html>");
                case ENDLESS -> send(exchange, 200, "[" + "1,".repeat(500_000) + "1]");
                case SILENT -> closed.await();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        workers.shutdownNow();
    }

    static final String GALWAY = """
            {"results":[{"id":2964180,"name":"Galway","latitude":53.27245,"longitude":-9.05095,"country":"Ireland"}]}""";
    static final String FORECAST = """
            {"latitude":53.28,"longitude":-9.06,"timezone":"Europe/Dublin",
            "current":{"time":"2026-11-23T06:00","temperature_2m":7.6,"weather_code":61,"wind_speed_10m":31.2},
            "daily":{"time":["2026-11-23","2026-11-24","2026-11-25","2026-11-26","2026-11-27","2026-11-28","2026-11-29"],
            "weather_code":[63,3,0,95,71,80,2],"temperature_2m_max":[9.4,8.1,7.0,6.6,2.2,4.4,5.5],
            "temperature_2m_min":[4.6,3.3,1.2,0.4,-3.5,-1.0,0.1],"precipitation_probability_max":[88,20,0,60,50,40,10]}}""";
}
