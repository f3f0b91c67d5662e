package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mounted on an application's own Vert.x router, beside its other routes, and twice on one port. */
class RouterIT {
    private final Vertx vertx = Vertx.vertx();
    private final Router router = Router.router(vertx);
    private final SocketIoServer io = echo("/socket.io/");
    private final SocketIoServer admin = echo("/admin/io/");
    private final int port = vertx.createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    private final Peer peer = new Peer(port);

    @AfterEach
    void stop() {
        peer.close();
        io.close();
        admin.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void servesBothTransportsBesideOtherRoutes() throws Exception {
        mount(io);
        router.route().handler(BodyHandler.create());
        router.get("/hello").handler(context -> context.response().end("the application's own"));
        assertThat(peer.get("/hello").body()).isEqualTo("the application's own");
        assertThat(peer.get("/socket.io").statusCode()).isEqualTo(404);
        assertThat(peer.get("/socket.io/socket.io.min.js").statusCode()).isEqualTo(200);
        String sid = peer.join();
        assertThat(peer.post(sid, "42[\"e\",\"" + "x".repeat(50_000) + "\"]").body()).isEqualTo("ok");
        assertThat(peer.poll(sid).body()).hasSize(50_000 + 10);
        var upgraded = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        upgraded.send("2probe");
        assertThat(upgraded.next()).isEqualTo("3probe");
        upgraded.send("5");
        upgraded.send("42[\"e\",1]");
        assertThat(upgraded.next()).isEqualTo("42[\"e\",1]");
        var frames = peer.joinFrames();
        frames.send("42[\"e\",2]");
        assertThat(frames.next()).isEqualTo("42[\"e\",2]");
        assertThat(io.sessions()).isEqualTo(2);
    }

    @Test
    void servesSeveralServersOnOnePort() throws Exception {
        mount(io);
        mount(admin);
        assertThat(peer.get("/admin/io/?" + Peer.POLLING).body()).startsWith("0{");
        assertThat(peer.get("/admin/io/?" + Peer.POLLING).body()).startsWith("0{");
        peer.handshake();
        assertThat(admin.sessions()).isEqualTo(2);
        assertThat(io.sessions()).isEqualTo(1);
    }

    @Test
    void saysWhenAHandlerInFrontHasReadTheBody() throws Exception {
        router.route().handler(BodyHandler.create());
        mount(io);
        String sid = peer.handshake();
        assertThat(peer.post(sid, "40").body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
    }

    private void mount(SocketIoServer server) {
        var handler = SocketIoHttp.handler(server);
        router.route(server.options().path() + "*").handler(context -> handler.handle(context.request()));
    }

    private static SocketIoServer echo(String path) {
        return SocketIoServer.create(ServerOptions.builder().path(path).build())
                .onConnection(socket -> socket.onAny((name, event) -> socket.emitRaw(event.arguments())));
    }
}
