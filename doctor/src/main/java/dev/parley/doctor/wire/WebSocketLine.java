package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.Failure;
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
 * The frames of RFC 6455 on a {@link Line} that was upgraded, without extensions. One thread reads, any may write. A message of more than
 * {@value #MAX_MESSAGE} bytes ends it.
 */
public final class WebSocketLine implements AutoCloseable {
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;
    private static final String KEY = "cGFybGV5LWRvY3Rvci4uLg==";
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Line line;
    private final Supplier<Duration> patience;
    private final ReentrantLock writing = new ReentrantLock();

    /** A message, or the end. */
    public sealed interface Frame {
        record Text(String text) implements Frame {}

        record Binary(byte[] data) implements Frame {}

        record Closed(int code) implements Frame {}
    }

    /**
     * @param line     one on which {@link #request} was answered with {@link #accepted}
     * @param patience how long a message may take to be written, asked for each
     */
    public WebSocketLine(Line line, Supplier<Duration> patience) {
        this.line = line;
        this.patience = patience;
    }

    /** The request that asks for the upgrade. */
    public static Request request(String target) {
        return Request.get(target)
                .with("Connection", "Upgrade")
                .with("Upgrade", "websocket")
                .with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Key", KEY);
    }

    /** Whether the answer grants it: the status and the proof. */
    public static boolean accepted(Answer answer) {
        return answer.status() == 101
                && answer.headers().first("sec-websocket-accept").filter(proof()::equals).isPresent();
    }

    public void send(String text) throws WireException {
        write(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] data) throws WireException {
        write(BINARY, data);
    }

    /** The next message; pings are answered on the way. */
    public Frame read(Duration timeout) throws WireException {
        try {
            line.until(timeout);
            var message = new ByteArrayOutputStream();
            int kind = 0;
            while (true) {
                int head = line.read();
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
        int second = line.read();
        long length = second & 0x7f;
        if (length >= 126) {
            int bytes = length == 126 ? 2 : 8;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | line.read();
            }
        }
        if ((second & 0x80) != 0 || length < 0 || length + already > MAX_MESSAGE) {
            throw new WireException(Failure.Kind.NOT_HTTP, "a frame that no server may send");
        }
        var payload = new byte[(int) length];
        for (int at = 0; at < payload.length;) {
            at += line.read(payload, at, payload.length - at);
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
            line.write(frame.array(), patience.get());
        } catch (IOException e) {
            throw WireException.of(e);
        } finally {
            writing.unlock();
        }
    }

    /** Says good-bye, if that can be said, and closes. */
    @Override
    public void close() {
        try {
            write(CLOSE, new byte[]{3, (byte) 0xe8});
        } catch (WireException _gone) {
            // Then there is nobody to say it to.
        }
        line.close();
    }

    /** Closes the connection without a frame that says so. */
    public void cut() {
        line.close();
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
