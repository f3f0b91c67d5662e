package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Reads and writes WebSocket frames (RFC 6455, with permessage-deflate if agreed) on an upgraded {@link TcpConnection}. One thread reads; any thread may write.
 * A message of more than {@value #MAX_MESSAGE} bytes fails, as does each frame that browsers refuse.
 */
public final class WebSocketConnection implements AutoCloseable {
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;
    private static final String KEY = "Sec-WebSocket-Key";
    private static final int KEY_BYTES = 16;
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int RESERVED = 0x30;
    private static final int LONGEST_CONTROL = 125;
    private static final int LONGEST_REASON = 123;

    private final TcpConnection connection;
    private final Supplier<Duration> writeTimeout;
    private final Optional<DeflateExtension> deflate;
    private final ReentrantLock writing = new ReentrantLock();

    /** A received message, or the end of the connection. */
    public sealed interface Frame {
        record Text(String text) implements Frame {}

        record Binary(byte[] data) implements Frame {}

        /** {@code reason} is the text of the server, often empty. */
        record Closed(int code, String reason) implements Frame {}
    }

    /**
     * Creates the WebSocket side of an upgraded connection.
     *
     * @param connection   the connection on which {@link #request} was {@link #accepted}
     * @param response     the response to it, which may agree to compression
     * @param writeTimeout returns the longest time for writing the next message
     */
    public WebSocketConnection(TcpConnection connection, Response response, Supplier<Duration> writeTimeout) {
        this.connection = connection;
        this.deflate = DeflateExtension.agreed(response);
        this.writeTimeout = writeTimeout;
    }

    /**
     * Returns an upgrade request with a key of its own.
     *
     * @param compressed whether to offer permessage-deflate, as browsers do
     */
    public static Request request(String target, boolean compressed) {
        var key = new byte[KEY_BYTES];
        ThreadLocalRandom.current().nextBytes(key);
        var request = Request.get(target)
                .with("Connection", "Upgrade")
                .with("Upgrade", "websocket")
                .with("Sec-WebSocket-Version", "13")
                .with(KEY, Base64.getEncoder().encodeToString(key));
        return compressed ? request.with("Sec-WebSocket-Extensions", DeflateExtension.OFFER) : request;
    }

    /** Returns whether compression was agreed. */
    public boolean compressed() {
        return deflate.isPresent();
    }

    /** Returns true if the response accepts the upgrade: status 101, and the Sec-WebSocket-Accept that belongs to the key. */
    public static boolean accepted(Request request, Response response) {
        return response.status() == 101 && request.headers()
                .stream()
                .filter(header -> header.getKey().equals(KEY))
                .map(header -> proof(header.getValue()))
                .anyMatch(response.headers().first("sec-websocket-accept").orElse("")::equals);
    }

    public void send(String text) throws WireException {
        message(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] data) throws WireException {
        message(BINARY, data);
    }

    /** Returns the next message. Answers pings that arrive before it. */
    public Frame read(Duration timeout) throws WireException {
        try {
            connection.setReadTimeout(timeout);
            var message = new ByteArrayOutputStream();
            int kind = 0;
            boolean packed = false;
            while (true) {
                int head = connection.read();
                int opcode = head & 0xf;
                check(head, kind != 0);
                byte[] payload = payload(message.size());
                if (opcode > BINARY) {
                    if (payload.length > LONGEST_CONTROL || (head & FIN) == 0) {
                        throw altered("a control frame is too long");
                    }
                    if (opcode == CLOSE) {
                        return closed(payload);
                    }
                    if (opcode == PING) {
                        write(PONG, payload, false);
                    }
                    continue;
                }
                if (opcode != 0) {
                    kind = opcode;
                    packed = (head & RSV1) != 0;
                }
                message.writeBytes(payload);
                if ((head & FIN) != 0) {
                    byte[] data = packed ? deflate.orElseThrow().inflate(message.toByteArray(), MAX_MESSAGE)
                            : message.toByteArray();
                    return kind == TEXT ? new Frame.Text(text(data)) : new Frame.Binary(data);
                }
            }
        } catch (IOException e) {
            throw WireException.of(e);
        }
    }

    private void check(int head, boolean continues) throws WireException {
        int opcode = head & 0xf;
        if ((head & RESERVED) != 0) {
            throw altered("a reserved bit is set");
        }
        if ((head & RSV1) != 0 && deflate.isEmpty()) {
            throw altered("RSV1 is set, but no compression was agreed");
        }
        if ((opcode > BINARY && opcode < CLOSE) || opcode > PONG) {
            throw altered("the opcode " + opcode + " does not exist");
        }
        if (opcode <= BINARY && continues != (opcode == 0)) {
            throw altered("a fragment is missing");
        }
        if ((opcode == 0 || opcode > BINARY) && (head & RSV1) != 0) {
            throw altered("RSV1 is set on a frame that cannot be compressed");
        }
    }

    private static Frame closed(byte[] payload) {
        if (payload.length < 2) {
            return new Frame.Closed(1005, "");
        }
        String reason = new String(payload, 2, Math.min(payload.length - 2, LONGEST_REASON),
                StandardCharsets.UTF_8);
        return new Frame.Closed(ByteBuffer.wrap(payload).getShort() & 0xffff, reason);
    }

    private static String text(byte[] data) throws WireException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
        } catch (CharacterCodingException e) {
            throw altered("a text is not UTF-8");
        }
    }

    private static WireException altered(String how) {
        return new WireException(ConnectionFailure.Kind.FRAME, how);
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
        if ((second & 0x80) != 0) {
            throw altered("a frame of the server is masked");
        }
        if (length < 0 || length + already > MAX_MESSAGE) {
            throw altered("a frame is too long");
        }
        var payload = new byte[(int) length];
        for (int at = 0; at < payload.length;) {
            at += connection.read(payload, at, payload.length - at);
        }
        return payload;
    }

    /** Browsers compress each message once compression is agreed. */
    private void message(int opcode, byte[] data) throws WireException {
        var packing = deflate.filter(DeflateExtension::compresses);
        writing.lock();
        try {
            // The compressor remembers the messages in the order in which they are sent.
            write(opcode, packing.isPresent() ? packing.get().deflate(data) : data, packing.isPresent());
        } finally {
            writing.unlock();
        }
    }

    private void write(int opcode, byte[] payload, boolean packed) throws WireException {
        int lengthBytes = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
        var frame = ByteBuffer.allocate(6 + lengthBytes + payload.length);
        frame.put((byte) (FIN | (packed ? RSV1 : 0) | opcode));
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
            write(CLOSE, new byte[]{3, (byte) 0xe8}, false);
        } catch (WireException _gone) {
            // The peer has already closed the connection.
        }
        connection.close();
    }

    /** Closes the connection without a close frame. */
    public void abort() {
        connection.close();
    }

    private static String proof(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
