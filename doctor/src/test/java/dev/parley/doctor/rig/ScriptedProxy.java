package dev.parley.doctor.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy, or a server without one behind it, that follows a {@link Script}. A pair of virtual threads for each connection. */
public final class ScriptedProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int upstream;
    private final Script script;
    private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();

    /**
     * Starts a proxy.
     *
     * @param upstream port of the server; 0 if the script answers everything
     */
    public ScriptedProxy(int upstream, Script script) {
        this.upstream = upstream;
        this.script = script;
        try {
            listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
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
                Thread.ofVirtual().start(() -> {
                    quietly(() -> serve(client));
                    quietly(client::close);
                    open.remove(client);
                });
            } catch (IOException _closed) {
                return;
            }
        }
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        client.setTcpNoDelay(true);
        for (var request = HttpMessage.read(client.getInputStream(),
                false); request != null; request = HttpMessage.read(client.getInputStream(), false)) {
            var answer = script.answer(request);
            if (answer.isPresent()) {
                client.getOutputStream().write(answer.get());
                return;
            }
            if (upstream == 0 || !forward(client, request)) {
                return;
            }
        }
    }

    /** Forwards a request on a connection of its own; returns whether another request may follow. */
    private boolean forward(Socket client, HttpMessage request) throws IOException, InterruptedException {
        try (var server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
            server.setTcpNoDelay(true);
            open.put(server, true);
            server.getOutputStream().write(script.request(request).bytes());
            InputStream fromServer = server.getInputStream();
            var response = HttpMessage.read(fromServer, true);
            if (response == null) {
                return false;
            }
            client.getOutputStream().write(script.response(request, response).bytes());
            boolean upgraded = response.head().startsWith("HTTP/1.1 101");
            if (upgraded) {
                SocketPipes.both(client, server, fromServer, script::up, script::down);
            }
            open.remove(server);
            return !upgraded;
        }
    }

    private interface Act {
        void run() throws IOException, InterruptedException;
    }

    private static void quietly(Act act) {
        try {
            act.run();
        } catch (IOException _gone) {
            // The doctor went away, or we do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
