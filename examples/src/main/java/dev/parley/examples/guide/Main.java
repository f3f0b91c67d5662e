package dev.parley.examples.guide;

// guide: first program
import com.sun.net.httpserver.SimpleFileServer;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;

public class Main {
    public static void main(String[] args) {
        var options = ServerOptions.builder().allowedOrigins(Set.of("http://localhost:8080")).build();
        var io = SocketIoServer.create(options);
        io.onConnection(socket -> {
            socket.emit("chat", "Welcome");
            socket.on("chat", String.class, text -> io.emit("chat", text));
        });
        io.listen("localhost", 3000);
        var address = new InetSocketAddress("localhost", 8080);
        var pages = Path.of("web").toAbsolutePath();
        SimpleFileServer.createFileServer(address, pages, SimpleFileServer.OutputLevel.NONE).start();
    }
}
// guide: end
