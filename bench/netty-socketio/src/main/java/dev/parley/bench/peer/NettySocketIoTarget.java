package dev.parley.bench.peer;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import dev.parley.bench.server.Control;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** netty-socketio, with its defaults and the native transport where there is one. */
public final class NettySocketIoTarget {
    private NettySocketIoTarget() {}

    public static void main(String[] args) throws IOException {
        int port = freePort();
        var configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setUseLinuxNativeEpoll(Epoll.isAvailable());
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(1);
        configuration.getSocketConfig().setReuseAddress(true);
        configuration.getSocketConfig().setAcceptBackLog(4096);
        var server = new SocketIOServer(configuration);
        server.addEventListener("text", String.class, (client, text, ack) -> client.sendEvent("text", text));
        server.addEventListener("bin", byte[].class,
                (client, data, ack) -> client.sendEvent("bin", (Object) data));
        server.addEventListener("all", String.class,
                (client, text, ack) -> server.getBroadcastOperations().sendEvent("all", text));
        server.start();
        Control.serve(port);
    }

    /** It cannot tell which port it got when asked for any. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
