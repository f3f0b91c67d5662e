package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.config.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tests the echo namespace, on and off. */
class EchoNamespaceIT {
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    @Test
    void echoReturnsItsInput() throws Exception {
        said(Map.of(), "40/parley-doctor,\u001e42/parley-doctor,7[\"echo\",\"hello\"]",
                "43/parley-doctor,7[\"hello\"]");
    }

    @Test
    void namespaceIsInvalidWhenTurnedOff() throws Exception {
        said(Map.of("echo", "false"), "40/parley-doctor,",
                "44/parley-doctor,{\"message\":\"Invalid namespace\"}");
    }

    /** Sends packets over polling and expects the response in the first poll or a later one. */
    private static void said(Map<String, String> settings, String packets, String answer) throws Exception {
        var all = new HashMap<>(Map.of("host", "127.0.0.1", "port", "0"));
        all.putAll(settings);
        var loading = new Models();
        try (var parley = Parley.start(Settings.read(all, Map.of()), loading);
                var http = HttpClient.newHttpClient()) {
            String address = "http://127.0.0.1:" + parley.port() + "/socket.io/?EIO=4&transport=polling";
            var sid = SID.matcher(get(http, address));
            assertThat(sid.find()).isTrue();
            String session = address + "&sid=" + sid.group(1);
            http.send(HttpRequest.newBuilder(URI.create(session))
                    .POST(BodyPublishers.ofString(packets))
                    .build(), BodyHandlers.ofString());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(get(http, session)).contains(answer));
            loading.ready().complete(null);
        }
    }

    private static String get(HttpClient http, String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString()).body();
    }
}
