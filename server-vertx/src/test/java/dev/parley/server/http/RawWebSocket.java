package dev.parley.server.http;

import dev.parley.server.http.websocket.FrameVectors;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket that sends the bytes it is told to, by the rules or not. */
final class RawWebSocket implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final List<String> head = new ArrayList<>();

    /**
     * Connects and sends a handshake.
     *
     * @param headers whole lines
     */
    RawWebSocket(int port, String query, String... headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        var request = new StringBuilder("GET /socket.io/?" + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        if (String.join("", headers).indexOf("Sec-WebSocket-Version") < 0) {
            request.append("Sec-WebSocket-Version: 13\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        send(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
    }

    /** The status line of the response. */
    String status() {
        return head.getFirst();
    }

    /** The values of a header of the response. */
    List<String> header(String name) {
        return head.stream()
                .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                .map(line -> line.substring(name.length() + 2))
                .toList();
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends frames in the language of {@link FrameVectors}. */
    void send(String frames) throws IOException {
        send(FrameVectors.sent(frames));
    }

    /** The next frame, as {@link FrameVectors#thing} has it, a close with its code; {@code end} when the server has closed. */
    String next() throws IOException {
        int first;
        try {
            first = in.readUnsignedByte();
        } catch (EOFException e) {
            return "end";
        }
        int length = in.readUnsignedByte();
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
        byte[] payload = new byte[length];
        in.readFully(payload);
        if ((first & 0x40) != 0) {
            payload = FrameVectors.inflated(payload);
        }
        return switch (first & ~0x40) {
            case 0x81 -> FrameVectors.thing("text", payload);
            case 0x82 -> FrameVectors.thing("bin", payload);
            case 0x88 -> "close:" + ((payload[0] & 0xff) << 8 | (payload[1] & 0xff));
            case 0x8a -> FrameVectors.thing("pong", payload);
            default -> throw new IllegalStateException("a frame of kind " + first);
        };
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("within a head");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
