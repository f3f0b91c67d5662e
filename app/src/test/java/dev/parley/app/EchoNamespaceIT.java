package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tests the echo namespace, on and off. */
class EchoNamespaceIT {
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    @Test
    void echoReturnsItsInput() throws Exception {
        var packets = new LinkedHashMap<String, String>();
        packets.put("40/parley-doctor,", "40/parley-doctor,{\"sid\":");
        packets.put("42/parley-doctor,7[\"echo\",\"hello\"]", "43/parley-doctor,7[\"hello\"]");
        said(Map.of(), packets);
    }

    @Test
    void namespaceIsInvalidWhenTurnedOff() throws Exception {
        said(Map.of("echo", "false"),
                Map.of("40/parley-doctor,", "44/parley-doctor,{\"message\":\"Invalid namespace\"}"));
    }

    /** Sends packets over polling, and expects the response to each in the next poll or a later one, before it sends the next. */
    private static void said(Map<String, String> settings, Map<String, String> packets) throws Exception {
        var all = new HashMap<>(Map.of("host", "127.0.0.1", "port", "0"));
        all.putAll(settings);
        var loading = new Models();
        try (var parley = Parley.start(Settings.read(all, Map.of()), loading);
                var http = HttpClient.newHttpClient()) {
            String address = "http://127.0.0.1:" + parley.port() + "/socket.io/?EIO=4&transport=polling";
            var sid = SID.matcher(get(http, address));
            assertThat(sid.find()).isTrue();
            String session = address + "&sid=" + sid.group(1);
            for (var packet : packets.entrySet()) {
                http.send(HttpRequest.newBuilder(URI.create(session))
                        .POST(BodyPublishers.ofString(packet.getKey()))
                        .build(), BodyHandlers.ofString());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(get(http, session)).contains(packet.getValue()));
            }
            loading.ready().complete(null);
        }
    }

    private static String get(HttpClient http, String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString()).body();
    }
}
