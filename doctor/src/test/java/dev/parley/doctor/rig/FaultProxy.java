package dev.parley.doctor.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A proxy with one fault that real proxies cannot be configured to have. Uses a pair of virtual threads for each connection. */
public final class FaultProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int upstream;
    private final ProxyFault fault;
    private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private FaultProxy(int upstream, ProxyFault fault) throws IOException {
        this.upstream = upstream;
        this.fault = fault;
        this.listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public static FaultProxy start(int upstream, ProxyFault fault) {
        try {
            return new FaultProxy(upstream, fault);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        quietly(listening::close);
        open.keySet().forEach(FaultProxy::close);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        open.put(client, true);
        try (client; var server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.put(server, true);
            switch (fault) {
                case ProxyFault.Delay delay ->
                    SocketPipes.both(client, server, new SocketPipes.Late(delay.oneWay()));
                case ProxyFault.Stall stall ->
                    SocketPipes.both(client, server, new SocketPipes.Stalling(stall.every(), stall.pause()));
                case ProxyFault.RefuseUpgrade refuse -> requests(client, server);
                case ProxyFault.Limit limit -> requests(client, server);
                case ProxyFault.EatFrames eat -> requests(client, server);
                case ProxyFault.Corrupt corrupt -> requests(client, server);
                case ProxyFault.Compress compress -> requests(client, server);
                case ProxyFault.Hold hold -> requests(client, server);
            }
            open.remove(server);
        } catch (IOException e) {
            // A peer went away: so do we.
        } finally {
            open.remove(client);
        }
    }

    /** Forwards requests until one is upgraded. */
    private void requests(Socket client, Socket server) throws IOException {
        var fromClient = client.getInputStream();
        var fromServer = server.getInputStream();
        while (true) {
            var request = HttpMessage.read(fromClient, false);
            if (request == null) {
                return;
            }
            boolean upgrade = request.contains("upgrade", "websocket");
            if (upgrade && fault instanceof ProxyFault.RefuseUpgrade refuse) {
                client.getOutputStream()
                        .write(("HTTP/1.1 " + refuse.status() + " Refused\r\nserver: " + refuse.server()
                                + "\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
                return;
            }
            var limit = fault instanceof ProxyFault.Limit most
                    ? clock.schedule(() -> close(client), most.length().toMillis(), TimeUnit.MILLISECONDS)
                    : null;
            server.getOutputStream().write(request.bytes());
            var answer = HttpMessage.read(fromServer, true);
            if (answer == null) {
                return;
            }
            if (answer.head().startsWith("HTTP/1.1 101")) {
                client.getOutputStream().write(answer.bytes());
                tunnel(client, server, fromServer);
                return;
            }
            if (limit != null) {
                limit.cancel(false);
            }
            client.getOutputStream().write(changed(request, answer).bytes());
        }
    }

    private HttpMessage changed(HttpMessage request, HttpMessage answer) throws IOException {
        if (fault instanceof ProxyFault.Compress && request.contains("accept-encoding", "gzip")) {
            return answer.zipped();
        }
        if (fault instanceof ProxyFault.Hold hold && request.head().startsWith("GET")
                && request.head().contains("sid=")) {
            try {
                Thread.sleep(hold.time());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return answer;
    }

    private void tunnel(Socket client, Socket server, InputStream fromServer) throws IOException {
        SocketPipes.Change down = switch (fault) {
            case ProxyFault.EatFrames eat -> bytes -> new byte[0];
            case ProxyFault.Corrupt corrupt -> FaultProxy::corrupted;
            default -> bytes -> bytes;
        };
        SocketPipes.both(client, server, fromServer, down);
    }

    /** Changes the last byte of the binary frame with the 2 048 bytes of the echo. */
    private static byte[] corrupted(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.contains("\u0082~\u0008\u0000")) {
            bytes[bytes.length - 1] ^= 1;
        }
        return bytes;
    }

    private static void close(Socket socket) {
        quietly(socket::close);
    }

    private interface Closing {
        void run() throws IOException;
    }

    private static void quietly(Closing closing) {
        try {
            closing.run();
        } catch (IOException e) {
            // It is closed either way.
        }
    }
}
