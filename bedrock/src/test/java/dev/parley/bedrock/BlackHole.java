package dev.parley.bedrock;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Proxy to a server that can discard all data on its existing connections. Neither side is told. */
final class BlackHole implements AutoCloseable {

    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int exit;
    private final Queue<Way> ways = new ConcurrentLinkedQueue<>();

    private static final class Way {
        private final Socket in;
        private final Socket out;
        private volatile boolean swallows;

        private Way(Socket in, Socket out) {
            this.in = in;
            this.out = out;
        }
    }

    BlackHole(int port) throws IOException {
        exit = port;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Discards all further data on the existing connections, which stay open. New connections work. */
    void swallow() {
        ways.forEach(way -> way.swallows = true);
    }

    private void accept() {
        try {
            while (true) {
                Socket in = entrance.accept();
                var way = new Way(in, new Socket(InetAddress.getLoopbackAddress(), exit));
                ways.add(way);
                Thread.ofVirtual().start(() -> carry(way, way.in, way.out));
                Thread.ofVirtual().start(() -> carry(way, way.out, way.in));
            }
        } catch (IOException _closed) {
            ways.forEach(BlackHole::end);
        }
    }

    private static void carry(Way way, Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var piece = new byte[16 * 1_024];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (!way.swallows) {
                    out.write(piece, 0, read);
                    out.flush();
                }
            }
        } catch (IOException _gone) {
            // The other side closes with this one.
        }
    }

    private static void end(Way way) {
        try {
            way.in.close();
            way.out.close();
        } catch (IOException _gone) {
            // The connection is gone, as intended.
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        ways.forEach(BlackHole::end);
    }
}
