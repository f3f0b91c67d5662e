package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.ConnectionFailure;
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
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One TCP connection, with TLS if requested. Blocking; one thread may read while another writes. {@link #setReadTimeout} limits reads, and
 * each write has its own timeout.
 */
public final class TcpConnection implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(200);
    /** Closes connections whose peer exceeds a timeout. */
    private static final ScheduledExecutorService TIMEOUTS = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("doctor-watch").factory());

    /** The socket below TLS; without TLS the same as {@code socket}. */
    private final Socket plain;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Opening opening;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private long deadline = System.nanoTime();

    /** Times and protocols of the opening. {@code protocol} and {@code alpn} are empty without TLS. */
    public record Opening(Duration tcp, Duration tls, String protocol, String alpn) {}

    private TcpConnection(Socket plain, Socket socket, Opening opening) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.opening = opening;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /**
     * Connects within {@code timeout}, with TLS if the address requires it.
     *
     * @param alpn the protocols to offer in TLS; none if empty
     */
    public static TcpConnection open(ServerAddress endpoint, InetAddress address, List<String> alpn,
            Duration timeout) throws WireException {
        return open(endpoint, address, alpn, timeout, () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                "HTTPS");
    }

    /** Opens a TLS connection without verification, to read the certificate. */
    static TcpConnection openForInspection(ServerAddress endpoint, InetAddress address, Duration timeout,
            SSLSocketFactory trusting) throws WireException {
        return open(endpoint, address, List.of(), timeout, () -> trusting, "");
    }

    private static TcpConnection open(ServerAddress endpoint, InetAddress address, List<String> alpn,
            Duration timeout, Supplier<SSLSocketFactory> factory, String identification)
            throws WireException {
        var plain = new Socket();
        try {
            long begun = System.nanoTime();
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(address, endpoint.port()), millis(timeout));
            var tcp = Duration.ofNanos(System.nanoTime() - begun);
            if (!endpoint.tls()) {
                return new TcpConnection(plain, plain, new Opening(tcp, Duration.ZERO, "", ""));
            }
            long handshaking = System.nanoTime();
            var tls = (SSLSocket) factory.get().createSocket(plain, endpoint.host(), endpoint.port(), true);
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(identification);
            parameters.setApplicationProtocols(alpn.toArray(String[]::new));
            tls.setSSLParameters(parameters);
            handshake(plain, tls, timeout.minus(tcp));
            String chosen = tls.getApplicationProtocol();
            return new TcpConnection(plain, tls,
                    new Opening(tcp, Duration.ofNanos(System.nanoTime() - handshaking),
                            tls.getSession().getProtocol(), chosen == null ? "" : chosen));
        } catch (IOException e) {
            closeQuietly(plain);
            throw WireException.of(e);
        }
    }

    private static void handshake(Socket plain, SSLSocket tls, Duration timeout) throws IOException {
        try {
            within(plain, timeout, () -> {
                tls.startHandshake();
                return 0;
            });
        } catch (SocketTimeoutException late) {
            throw new WireException(ConnectionFailure.Kind.TLS_TIMEOUT, "");
        }
    }

    public Opening opening() {
        return opening;
    }

    /** Sets the total time for the following reads, from now. */
    void setReadTimeout(Duration timeout) {
        deadline = System.nanoTime() + timeout.toNanos();
    }

    /** Returns the next byte. */
    int read() throws IOException {
        if (at == filled) {
            fill();
        }
        return buffer[at++] & 0xff;
    }

    /** Reads at least one and up to {@code length} bytes; returns the number. */
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
        within(plain, timeout, () -> {
            out.write(bytes);
            out.flush();
            return bytes.length;
        });
    }

    private interface TimedWork {
        int run() throws IOException;
    }

    /** Closes the connection if the work exceeds the timeout, so that a peer that sends or reads slowly cannot prolong it. */
    private static int within(Socket plain, Duration timeout, TimedWork work) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        var tooLate = TIMEOUTS.schedule(() -> closeQuietly(plain), timeout.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return work.run();
        } catch (IOException e) {
            throw System.nanoTime() - end < 0 ? e : new SocketTimeoutException();
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
        // A read timeout applies to each piece of a TLS record, and a record can arrive in many pieces.
        int read = socket instanceof SSLSocket ? within(plain, Duration.ofMillis(left), () -> in.read(buffer))
                : in.read(buffer);
        if (read < 0) {
            throw new EOFException();
        }
        at = 0;
        filled = read;
    }

    /** Closes TLS first, if the peer accepts that in time. */
    @Override
    public void close() {
        try {
            if (socket instanceof SSLSocket) {
                within(plain, CLOSE_TIMEOUT, () -> {
                    socket.close();
                    return 0;
                });
            }
        } catch (IOException _gone) {
            // The peer has already closed the connection.
        }
        closeQuietly(plain);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _gone) {
            // The socket is closed in any case.
        }
    }

    private static int millis(Duration timeout) throws WireException {
        if (!timeout.isPositive()) {
            throw new WireException(ConnectionFailure.Kind.TIMEOUT, "");
        }
        return Math.clamp(timeout.toMillis(), 1, 3_600_000);
    }
}
