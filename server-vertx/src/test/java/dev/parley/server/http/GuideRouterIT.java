package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ListenOptions;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import org.junit.jupiter.api.Test;

/** The code of docs/library.md that puts a server on a router; {@code LibraryGuideTest} of the examples compares the two. */
class GuideRouterIT {
    @Test
    void serverAnswersBesideOtherRoutes() throws Exception {
        var vertx = Vertx.vertx();
        int any = 0;
        try (var io = SocketIoServer.create(ServerOptions.defaults());
                var peer = new Peer(listen(vertx, io, any))) {
            assertThat(peer.get("/hello").body()).isEqualTo("hello");
            assertThat(peer.get("/socket.io/?" + Peer.POLLING).body()).startsWith("0{");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static int listen(Vertx vertx, SocketIoServer io, int port) {
        // guide: router
        var http = HttpOptions.defaults();
        var socketIo = SocketIoHttp.handler(io, http);
        var router = Router.router(vertx);
        router.route("/socket.io/*").handler(context -> socketIo.handle(context.request()));
        router.route().handler(BodyHandler.create());
        router.get("/hello").handler(context -> context.response().end("hello"));
        int listening = SocketIoHttp.listen(vertx, SocketIoHttp.serverOptions(http), router,
                ListenOptions.builder().port(port).build());
        // guide: end
        return listening;
    }
}
