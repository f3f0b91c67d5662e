package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.EngineError;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PostBodyIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void bodyWithoutRoomIsRefusedAndReleased() throws Exception {
        var vertx = Vertx.vertx();
        var held = new AtomicInteger();
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var bodies = new PostBody(10_000, LONG);
            var server = vertx.createHttpServer()
                    .requestHandler(request -> bodies.read(request,
                            ((ContextInternal) Vertx.currentContext()).nettyEventLoop(), new Small(held)))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            var response = http
                    .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/"))
                            .timeout(LONG)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1_000]))
                            .build(), HttpResponse.BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(held).hasValue(0);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    /** Has room for 100 bytes. */
    private record Small(AtomicInteger bytes) implements PostBody.Receiver {
        @Override
        public void started(Runnable invite, Runnable discard) {
            invite.run();
        }

        @Override
        public void refuse(EngineError error, String why) {
            throw new AssertionError(why);
        }

        @Override
        public boolean held(int more) {
            return bytes.addAndGet(more) <= 100;
        }

        @Override
        public void complete(byte[] body) {
            throw new AssertionError("complete");
        }

        @Override
        public void lost() {}

        @Override
        public void rejected() {}
    }
}
