package dev.parley.app.doctor.wire;

import dev.parley.app.doctor.evidence.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One TCP connection, with TLS if asked. Blocking; one thread may read while another writes. Every read is bounded by {@link #until},
 * every write by a time of its own.
 */
public final class Line implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    /** Closes connections whose peer does not take what is written. */
    private static final ScheduledExecutorService WATCH = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("doctor-watch").factory());

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Opening opening;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private long deadline = System.nanoTime();

    /** How it was opened. {@code protocol} and {@code alpn} are empty without TLS. */
    public record Opening(Duration tcp, Duration tls, String protocol, String alpn) {}

    private Line(Socket socket, Opening opening) throws IOException {
        this.socket = socket;
        this.opening = opening;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /**
     * Connects within {@code timeout} for TCP and once more for TLS.
     *
     * @param alpn the protocols to offer in TLS; none if empty
     */
    public static Line open(Endpoint endpoint, InetAddress address, List<String> alpn, Duration timeout)
            throws WireException {
        var plain = new Socket();
        try {
            long begun = System.nanoTime();
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(address, endpoint.port()), millis(timeout));
            var tcp = Duration.ofNanos(System.nanoTime() - begun);
            if (!endpoint.tls()) {
                return new Line(plain, new Opening(tcp, Duration.ZERO, "", ""));
            }
            plain.setSoTimeout(millis(timeout));
            long handshaking = System.nanoTime();
            var tls = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain,
                    endpoint.host(), endpoint.port(), true);
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(alpn.toArray(String[]::new));
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            String chosen = tls.getApplicationProtocol();
            return new Line(tls, new Opening(tcp, Duration.ofNanos(System.nanoTime() - handshaking),
                    tls.getSession().getProtocol(), chosen == null ? "" : chosen));
        } catch (IOException e) {
            closeQuietly(plain);
            throw WireException.of(e);
        }
    }

    public Opening opening() {
        return opening;
    }

    /** Reads from now on may last this long altogether. */
    void until(Duration timeout) {
        deadline = System.nanoTime() + timeout.toNanos();
    }

    /** The next byte. */
    int read() throws IOException {
        if (at == filled) {
            fill();
        }
        return buffer[at++] & 0xff;
    }

    /** Up to {@code length} bytes, at least one. */
    int read(byte[] into, int from, int length) throws IOException {
        if (at == filled) {
            fill();
        }
        int taken = Math.min(length, filled - at);
        System.arraycopy(buffer, at, into, from, taken);
        at += taken;
        return taken;
    }

    void write(byte[] bytes, Duration timeout) throws IOException {
        var tooLate = WATCH.schedule(this::close, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            out.write(bytes);
            out.flush();
        } finally {
            tooLate.cancel(false);
        }
    }

    private void fill() throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        int read = in.read(buffer);
        if (read < 0) {
            throw new EOFException();
        }
        at = 0;
        filled = read;
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _gone) {
            // It is closed either way.
        }
    }

    private static int millis(Duration timeout) throws WireException {
        if (!timeout.isPositive()) {
            throw new WireException(Failure.Kind.TIMEOUT, "");
        }
        return Math.clamp(timeout.toMillis(), 1, 3_600_000);
    }
}
