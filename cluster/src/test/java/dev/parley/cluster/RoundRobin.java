package dev.parley.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A load balancer without affinity: gives each connection to the next of the servers that accept it. */
final class RoundRobin implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Integer> ports = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    RoundRobin(URI... servers) throws IOException {
        for (URI server : servers) {
            ports.add(server.getPort());
        }
        listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Gives no more connections to a server. */
    void remove(URI server) {
        ports.removeIf(port -> port == server.getPort());
    }

    /** Passes nothing on any more, and closes nothing, as a network that loses packets. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    /** Passes on again, first what came meanwhile. */
    void release() {
        gate.countDown();
    }

    /** The number of bytes that were held back. */
    int held() {
        return held.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        open.add(client);
        int tries = ports.size();
        for (int i = 0; i < tries; i++) {
            var server = new Socket();
            try {
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(),
                        ports.get(Math.floorMod(next.getAndIncrement(), ports.size()))));
            } catch (IOException e) {
                continue; // the next one
            }
            open.add(server);
            Thread.ofVirtual().start(() -> copy(client, server));
            copy(server, client);
            return;
        }
        close(client);
    }

    private void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8_192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (gate.getCount() > 0) {
                    held.addAndGet(count);
                    gate.await();
                }
                out.write(buffer, 0, count);
            }
            gate.await();
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            close(from);
            close(to);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It was closed.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        release();
        open.forEach(this::close);
    }
}
