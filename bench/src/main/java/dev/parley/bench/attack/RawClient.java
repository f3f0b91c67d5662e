package dev.parley.bench.attack;

import dev.parley.bench.packet.PacketTexts;
import dev.parley.protocol.engine.TransportKind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One TCP connection for HTTP requests, one at a time, or for a WebSocket. Blocking; one thread writes and one reads. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    /** With credentials, by which the server knows that it is to have the handlers for transfers. */
    private static final String CONNECT = PacketTexts.connect("/", "{\"for\":\"transfers\"}");
    private static final String EMPTY_MASK = "\0\0\0\0";

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    /** @param receiveBuffer of the kernel, in bytes; 0 leaves it as it is */
    RawClient(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        out = socket.getOutputStream();
    }

    /** A response: its status, and its body as ISO 8859-1. */
    record Response(int status, String body) {}

    Response get(String target) throws IOException {
        return exchange("GET", target, "");
    }

    Response post(String target, String body) throws IOException {
        return exchange("POST", target, body);
    }

    private Response exchange(String method, String target, String body) throws IOException {
        ascii(method + " " + target
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
        String head = head();
        int length = 0;
        int at = head.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length:");
        if (at >= 0) {
            int from = at + "\r\ncontent-length:".length();
            length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
        }
        return new Response(Integer.parseInt(head.substring(9, 12)),
                new String(exactly(length), StandardCharsets.ISO_8859_1));
    }

    /** Opens a session in the default namespace over polling; its id. */
    String join() throws IOException {
        var open = get(PacketTexts.path(TransportKind.POLLING));
        if (open.status() != 200) {
            throw new IOException("a handshake was answered with " + open.status());
        }
        String sid = PacketTexts.sid(open.body()).orElseThrow(() -> new IOException("no handshake"));
        post(session(sid), CONNECT);
        get(session(sid));
        return sid;
    }

    static String session(String sid) {
        return PacketTexts.path(TransportKind.POLLING, sid);
    }

    /** Opens a WebSocket in the default namespace. */
    void joinWebSocket() throws IOException {
        String request = """
                GET %s HTTP/1.1
                Host: 127.0.0.1
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """.formatted(PacketTexts.path(TransportKind.WEBSOCKET));
        ascii(request.replace("\n", "\r\n"));
        String head = head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("a handshake was answered with " + head.substring(9, 12));
        }
        frame();
        send(CONNECT);
        frame();
    }

    void send(String text) throws IOException {
        out.write(frameOf(text));
    }

    /** Several messages in one write. */
    void send(byte[] frames) throws IOException {
        out.write(frames);
    }

    /** A text frame; masked with zeros, which change nothing. */
    static byte[] frameOf(String text) {
        int length = text.length();
        String head = length < 126 ? "\u0081" + (char) (0x80 | length)
                : length < 65_536 ? "\u0081\u00fe" + (char) (length >> 8) + (char) (length & 0xff)
                        : "\u0081\u00ff\0\0\0\0" + (char) (length >> 24) + (char) (length >> 16 & 0xff)
                                + (char) (length >> 8 & 0xff) + (char) (length & 0xff);
        return (head + EMPTY_MASK + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The next text message; pings of the protocol are answered on the way. */
    String frame() throws IOException {
        while (true) {
            int kind = read() & 0x0f;
            long length = read() & 0x7f;
            if (length == 126) {
                length = (long) read() << 8 | read();
            } else if (length == 127) {
                length = 0;
                for (int i = 0; i < 8; i++) {
                    length = length << 8 | read();
                }
            }
            String text = new String(exactly((int) length), StandardCharsets.ISO_8859_1);
            if (kind == 8) {
                throw new EOFException("the server closed the WebSocket");
            }
            if (text.equals(PacketTexts.PING)) {
                send(PacketTexts.PONG);
            } else {
                return text;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String head() throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            head.append((char) read());
        }
        return head.toString();
    }

    private int read() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the server closed the connection");
        }
        return next;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server closed the connection");
        }
        return bytes;
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
