package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.Failure;
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
 * One TCP connection, with TLS if asked. Blocking; one thread may read while another writes. Every read is bounded by {@link #until},
 * every write by a time of its own.
 */
public final class Line implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final Duration GOOD_BYE = Duration.ofMillis(200);
    /** Cuts connections whose peer takes too long. */
    private static final ScheduledExecutorService WATCH = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("doctor-watch").factory());

    /** The one below TLS; without TLS the same. */
    private final Socket plain;
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

    private Line(Socket plain, Socket socket, Opening opening) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.opening = opening;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /**
     * Connects, by TLS if asked, within {@code timeout}.
     *
     * @param alpn the protocols to offer in TLS; none if empty
     */
    public static Line open(Endpoint endpoint, InetAddress address, List<String> alpn, Duration timeout)
            throws WireException {
        return open(endpoint, address, alpn, timeout, () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                "HTTPS");
    }

    /** A connection by TLS to whoever there is, to look at and not to use. */
    static Line look(Endpoint endpoint, InetAddress address, Duration timeout, SSLSocketFactory trusting)
            throws WireException {
        return open(endpoint, address, List.of(), timeout, () -> trusting, "");
    }

    private static Line open(Endpoint endpoint, InetAddress address, List<String> alpn, Duration timeout,
            Supplier<SSLSocketFactory> factory, String identification) throws WireException {
        var plain = new Socket();
        try {
            long begun = System.nanoTime();
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(address, endpoint.port()), millis(timeout));
            var tcp = Duration.ofNanos(System.nanoTime() - begun);
            if (!endpoint.tls()) {
                return new Line(plain, plain, new Opening(tcp, Duration.ZERO, "", ""));
            }
            long handshaking = System.nanoTime();
            var tls = (SSLSocket) factory.get().createSocket(plain, endpoint.host(), endpoint.port(), true);
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(identification);
            parameters.setApplicationProtocols(alpn.toArray(String[]::new));
            tls.setSSLParameters(parameters);
            handshake(plain, tls, timeout.minus(tcp));
            String chosen = tls.getApplicationProtocol();
            return new Line(plain, tls, new Opening(tcp, Duration.ofNanos(System.nanoTime() - handshaking),
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
            throw new WireException(Failure.Kind.TLS_TIMEOUT, "");
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
        within(plain, timeout, () -> {
            out.write(bytes);
            out.flush();
            return bytes.length;
        });
    }

    private interface Work {
        int run() throws IOException;
    }

    /** Cuts the connection when the work takes longer; a peer that trickles or does not read cannot stretch it. */
    private static int within(Socket plain, Duration timeout, Work work) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        var tooLate = WATCH.schedule(() -> closeQuietly(plain), timeout.toNanos(), TimeUnit.NANOSECONDS);
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
        // A timeout of TLS is for each piece of a record, and a record can come in many.
        int read = socket instanceof SSLSocket ? within(plain, Duration.ofMillis(left), () -> in.read(buffer))
                : in.read(buffer);
        if (read < 0) {
            throw new EOFException();
        }
        at = 0;
        filled = read;
    }

    /** TLS says good-bye first, if the peer takes that in a moment. */
    @Override
    public void close() {
        try {
            if (socket instanceof SSLSocket) {
                within(plain, GOOD_BYE, () -> {
                    socket.close();
                    return 0;
                });
            }
        } catch (IOException _gone) {
            // Then there is nobody to say it to.
        }
        closeQuietly(plain);
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
