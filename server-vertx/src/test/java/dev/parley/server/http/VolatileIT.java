package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.NoReplyException;
import dev.parley.server.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Volatile events go to clients that can take them at once, and to no other. */
@Tag("real-time")
class VolatileIT {
    private final TestServer server = TestServer.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void isDroppedWhileNoPollHangsAndSentWhileOneDoes() throws Exception {
        String first = send(HttpRequest.newBuilder(at("")).build());
        var sid = Pattern.compile("\"sid\":\"([^\"]+)\"").matcher(first);
        assertThat(sid.find()).isTrue();
        var session = at("&sid=" + sid.group(1));
        assertThat(
                send(HttpRequest.newBuilder(session).POST(HttpRequest.BodyPublishers.ofString("40")).build()))
                .isEqualTo("ok");
        var poll = HttpRequest.newBuilder(session).build();
        assertThat(send(poll)).startsWith("40{");
        Awaitility.await().until(() -> server.io.sockets().sockets().size() == 1);
        Socket socket = server.io.sockets().sockets().iterator().next();

        socket.emitVolatile("lost", 1);
        server.io.asVolatile().emit("lost", 2);
        // The client does not reply: when the call has failed, its event and those before it have reached the session.
        assertThatThrownBy(() -> socket.call(Duration.ofMillis(20), "kept", 3))
                .isInstanceOf(NoReplyException.class);
        assertThat(send(poll)).isEqualTo("420[\"kept\",3]");

        var hanging = http.sendAsync(poll, BodyHandlers.ofString());
        Awaitility.await().until(() -> {
            socket.emitVolatile("seen", 4);
            return hanging.isDone();
        });
        assertThat(hanging.join().body()).startsWith("42[\"seen\",4]");
    }

    private URI at(String more) {
        return URI.create(server.url() + "/socket.io/?EIO=4&transport=polling" + more);
    }

    private String send(HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
