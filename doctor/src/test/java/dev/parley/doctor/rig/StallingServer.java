package dev.parley.doctor.rig;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A server that accepts every connection and delays its responses without end. */
final class StallingServer implements AutoCloseable {
    private static final String HANDSHAKE = "0{\"sid\":\"stubborn\",\"upgrades\":[\"websocket\"],\"pingInterval\":1000,"
            + "\"pingTimeout\":20000,\"maxPayload\":1000000}";

    private final ServerSocket listening;
    private final Way way;
    private final AtomicInteger sessions = new AtomicInteger();
    private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();

    /** The way in which the server delays. */
    enum Way {
        /** Sends no byte. */
        SILENT,
        /** Sends the head of a response without end. */
        TRICKLING,
        /** Sends a TLS record of 16 KB byte by byte. */
        TRICKLING_TLS,
        /** Answers handshakes, but no request of a session. */
        HANDSHAKES_ONLY
    }

    StallingServer(Way way) {
        this.way = way;
        try {
            listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() {
        quietly(listening::close);
        open.keySet().forEach(socket -> quietly(socket::close));
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                open.put(client, true);
                Thread.ofVirtual().start(() -> quietly(() -> serve(client)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) throws IOException {
        switch (way) {
            case SILENT -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
            case TRICKLING ->
                trickle(client, "HTTP/1.1 200 OK\r\nX-Never-Ends: ".getBytes(StandardCharsets.US_ASCII));
            case TRICKLING_TLS -> trickle(client, new byte[]{22, 3, 3, 64, 0});
            case HANDSHAKES_ONLY -> handshakes(client);
        }
    }

    private static void trickle(Socket client, byte[] beginning) throws IOException {
        client.getOutputStream().write(beginning);
        while (true) {
            LockSupport.parkNanos(5_000_000);
            client.getOutputStream().write('x');
        }
    }

    private void handshakes(Socket client) throws IOException {
        for (var request = HttpMessage.read(client.getInputStream(),
                false); request != null; request = HttpMessage.read(client.getInputStream(), false)) {
            if (!request.head().contains("sid=") && !request.contains("upgrade", "websocket")) {
                String handshake = HANDSHAKE.replace("stubborn", "stubborn-" + sessions.incrementAndGet());
                client.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                                + handshake.length() + "\r\n\r\n" + handshake)
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void quietly(Act act) {
        try {
            act.run();
        } catch (IOException e) {
            // The doctor went away, or we do.
        }
    }
}
