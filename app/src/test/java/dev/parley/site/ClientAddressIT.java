package dev.parley.site;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.parley.app.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Tests the client addresses in the log. A class of its own, because the log is shared. */
@Isolated
class ClientAddressIT {
    private static final String CLIENT = "198.51.100.7";
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";
    private static final String REFUSED = "/socket.io/?EIO=4&transport=polling&sid=nobody";

    private final Queue<Map<String, String>> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> ear = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            var line = new HashMap<String, String>();
            event.getKeyValuePairs().forEach(pair -> line.put(pair.key, String.valueOf(pair.value)));
            line.put("", event.getFormattedMessage());
            lines.add(line);
        }
    };

    @BeforeEach
    void listen() {
        ear.start();
        loggers().forEach(logger -> {
            logger.setLevel(Level.INFO);
            logger.addAppender(ear);
        });
    }

    @AfterEach
    void leave() {
        loggers().forEach(logger -> {
            logger.setLevel(null); // as its parent
            logger.detachAppender(ear);
        });
    }

    @Test
    void trustedProxyForwardsTheClientAddress() throws Exception {
        visit("loopback");

        assertThat(lines).allMatch(line -> line.getOrDefault("remote", CLIENT).equals(CLIENT));
    }

    @Test
    void headersOfUntrustedClientsAreIgnored() throws Exception {
        visit("10.0.0.0/8");

        assertThat(lines).allMatch(line -> line.getOrDefault("remote", "127.0.0.1").equals("127.0.0.1"));
    }

    /** Makes a request, a connection and a refused request with a forwarded address; returns when all are in the log. */
    private void visit(String trusted) throws Exception {
        try (var parley = TestServer.start(Map.of("trusted-proxies", trusted));
                var http = HttpClient.newHttpClient()) {
            for (String path : List.of("/health", HANDSHAKE, REFUSED)) {
                http.send(HttpRequest.newBuilder(parley.uri(path))
                        .header("X-Forwarded-For", "203.0.113.9, " + CLIENT)
                        .build(), BodyHandlers.discarding());
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> remotes("request") == 3 && remotes("connected") == 1
                            && remotes("refused") == 1);
        }
    }

    private long remotes(String message) {
        return lines.stream()
                .filter(line -> message.equals(line.get("")) && line.containsKey("remote"))
                .count();
    }

    private static List<Logger> loggers() {
        return List.of((Logger) LoggerFactory.getLogger(RequestLog.class),
                (Logger) LoggerFactory.getLogger(ConnectionLog.class));
    }
}
