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

/** A proxy of our own with one fault, for what real ones cannot be made to do. A pair of virtual threads for each connection. */
public final class FaultProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int upstream;
    private final Fault fault;
    private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private FaultProxy(int upstream, Fault fault) throws IOException {
        this.upstream = upstream;
        this.fault = fault;
        this.listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public static FaultProxy start(int upstream, Fault fault) {
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
                case Fault.Delay delay -> Pipes.both(client, server, new Pipes.Late(delay.oneWay()));
                case Fault.Stall stall ->
                    Pipes.both(client, server, new Pipes.Stalling(stall.every(), stall.pause()));
                case Fault.RefuseUpgrade refuse -> requests(client, server);
                case Fault.Limit limit -> requests(client, server);
                case Fault.EatFrames eat -> requests(client, server);
                case Fault.Corrupt corrupt -> requests(client, server);
                case Fault.Compress compress -> requests(client, server);
                case Fault.Hold hold -> requests(client, server);
            }
            open.remove(server);
        } catch (IOException e) {
            // A peer went away: so do we.
        } finally {
            open.remove(client);
        }
    }

    /** Passes request after request, until one is upgraded. */
    private void requests(Socket client, Socket server) throws IOException {
        var fromClient = client.getInputStream();
        var fromServer = server.getInputStream();
        while (true) {
            var request = HttpMessage.read(fromClient, false);
            if (request == null) {
                return;
            }
            boolean upgrade = request.says("upgrade", "websocket");
            if (upgrade && fault instanceof Fault.RefuseUpgrade refuse) {
                client.getOutputStream()
                        .write(("HTTP/1.1 " + refuse.status() + " Refused\r\nserver: " + refuse.server()
                                + "\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
                return;
            }
            var limit = fault instanceof Fault.Limit most
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
        if (fault instanceof Fault.Compress && request.says("accept-encoding", "gzip")) {
            return answer.zipped();
        }
        if (fault instanceof Fault.Hold hold && request.head().startsWith("GET")
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
        Pipes.Change down = switch (fault) {
            case Fault.EatFrames eat -> bytes -> new byte[0];
            case Fault.Corrupt corrupt -> FaultProxy::corrupted;
            default -> bytes -> bytes;
        };
        Pipes.both(client, server, fromServer, down);
    }

    /** The doctor's echo of 2048 bytes as a binary frame: its last byte is changed. */
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
