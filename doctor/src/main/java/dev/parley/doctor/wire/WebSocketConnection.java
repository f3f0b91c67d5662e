package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Reads and writes WebSocket frames (RFC 6455, no extensions) on an upgraded {@link TcpConnection}. One thread reads; any thread may write.
 * A message of more than {@value #MAX_MESSAGE} bytes fails.
 */
public final class WebSocketConnection implements AutoCloseable {
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;
    private static final String KEY = "cGFybGV5LWRvY3Rvci4uLg==";
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final TcpConnection connection;
    private final Supplier<Duration> writeTimeout;
    private final ReentrantLock writing = new ReentrantLock();

    /** A received message, or the end of the connection. */
    public sealed interface Frame {
        record Text(String text) implements Frame {}

        record Binary(byte[] data) implements Frame {}

        record Closed(int code) implements Frame {}
    }

    /**
     * Creates the WebSocket side of an upgraded connection.
     *
     * @param connection   the connection on which {@link #request} was {@link #accepted}
     * @param writeTimeout returns the longest time for writing the next message
     */
    public WebSocketConnection(TcpConnection connection, Supplier<Duration> writeTimeout) {
        this.connection = connection;
        this.writeTimeout = writeTimeout;
    }

    /** Returns the upgrade request. */
    public static Request request(String target) {
        return Request.get(target)
                .with("Connection", "Upgrade")
                .with("Upgrade", "websocket")
                .with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Key", KEY);
    }

    /** Returns true if the response accepts the upgrade: status 101 and a valid Sec-WebSocket-Accept. */
    public static boolean accepted(Response response) {
        return response.status() == 101
                && response.headers().first("sec-websocket-accept").filter(proof()::equals).isPresent();
    }

    public void send(String text) throws WireException {
        write(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] data) throws WireException {
        write(BINARY, data);
    }

    /** Returns the next message. Answers pings that arrive before it. */
    public Frame read(Duration timeout) throws WireException {
        try {
            connection.setReadTimeout(timeout);
            var message = new ByteArrayOutputStream();
            int kind = 0;
            while (true) {
                int head = connection.read();
                byte[] payload = payload(message.size());
                int opcode = head & 0xf;
                if (opcode == CLOSE) {
                    return new Frame.Closed(
                            payload.length >= 2 ? ByteBuffer.wrap(payload).getShort() & 0xffff : 1005);
                }
                if (opcode == PING) {
                    write(PONG, payload);
                }
                if (opcode > BINARY) {
                    continue;
                }
                kind = opcode == 0 ? kind : opcode;
                message.writeBytes(payload);
                if ((head & 0x80) != 0) {
                    return kind == TEXT ? new Frame.Text(message.toString(StandardCharsets.UTF_8))
                            : new Frame.Binary(message.toByteArray());
                }
            }
        } catch (IOException e) {
            throw WireException.of(e);
        }
    }

    private byte[] payload(int already) throws IOException {
        int second = connection.read();
        long length = second & 0x7f;
        if (length >= 126) {
            int bytes = length == 126 ? 2 : 8;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | connection.read();
            }
        }
        if ((second & 0x80) != 0 || length < 0 || length + already > MAX_MESSAGE) {
            throw new WireException(ConnectionFailure.Kind.NOT_HTTP, "an invalid WebSocket frame");
        }
        var payload = new byte[(int) length];
        for (int at = 0; at < payload.length;) {
            at += connection.read(payload, at, payload.length - at);
        }
        return payload;
    }

    private void write(int opcode, byte[] payload) throws WireException {
        int lengthBytes = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
        var frame = ByteBuffer.allocate(6 + lengthBytes + payload.length);
        frame.put((byte) (0x80 | opcode));
        switch (lengthBytes) {
            case 0 -> frame.put((byte) (0x80 | payload.length));
            case 2 -> frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
            default -> frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        var mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i & 3]));
        }
        writing.lock();
        try {
            connection.write(frame.array(), writeTimeout.get());
        } catch (IOException e) {
            throw WireException.of(e);
        } finally {
            writing.unlock();
        }
    }

    /** Sends a close frame if possible, and closes the connection. */
    @Override
    public void close() {
        try {
            write(CLOSE, new byte[]{3, (byte) 0xe8});
        } catch (WireException _gone) {
            // The peer has already closed the connection.
        }
        connection.close();
    }

    /** Closes the connection without a close frame. */
    public void abort() {
        connection.close();
    }

    private static String proof() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((KEY + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
