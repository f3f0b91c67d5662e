package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.parley.server.ServerOptions;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Every buffer that a connection was read into or written from is given back, whatever the client does: each connection of the server takes
 * its buffers from one pool, which knows how many bytes of it are in use, and Netty follows each buffer to its end.
 */
@Tag("real-time")
class BuffersIT {
    private static final int TIMES = 5;
    private static final int LIMIT = 100_000;
    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    private final Logger detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final LogLines leaks = new LogLines();
    private final PooledByteBufAllocator pool = new PooledByteBufAllocator(true);
    private final TestServer server = TestServer.start(
            ServerOptions.builder().allowEIO3(true).maxHttpBufferSize(LIMIT).build(),
            HttpOptions.builder().perMessageDeflate(1_000).bodyTimeout(Duration.ofSeconds(3)).build(), pool);
    private final Peer peer = new Peer(server);

    @BeforeEach
    void follow() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        leaks.start();
        detector.addAppender(leaks);
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close();
        detector.detachAppender(leaks);
        ResourceLeakDetector.setLevel(before);
    }

    @Test
    void areGivenBackByPollers() throws Exception {
        var late = new ArrayList<Socket>();
        for (int i = 0; i < TIMES; i++) {
            String sid = peer.join();
            echoes(sid, "42[\"inline\",\"text\"]");
            echoes(sid, "42[\"inline\",\"" + "grüße ".repeat(10_000) + "\"]");
            peer.post(sid, "451-[\"inline\",{\"_placeholder\":true,\"num\":0}]\u001ebAAAA");
            assertThat(peer.poll(sid).body()).endsWith("bAAAA");
            assertThat(peer.post(sid, "4" + "x".repeat(LIMIT)).statusCode()).isEqualTo(413);
            assertThat(peer.postBytes("?EIO=4&transport=polling&sid=" + sid, new byte[]{(byte) 0xff})
                    .statusCode()).isEqualTo(400);
            late.add(post(peer.join(), "Content-Length: 9000", "42[\"inline\""));
            post(peer.join(), "Content-Length: 9000", "42[\"inline\"").close();
            post(peer.join(), "Transfer-Encoding: chunked", "5\r\n42[\"i\r\n4\r\nnli").close();
            // Two at once, and one that its client no longer wants.
            String twice = peer.join();
            var one = peer.hangingPoll(twice);
            peer.hangingPoll(twice).get(60, TimeUnit.SECONDS);
            one.get(60, TimeUnit.SECONDS);
            peer.hangingPoll(peer.join()).cancel(true);
        }
        for (var one : late) {
            try (one) {
                assertThat(one.getInputStream().readNBytes(12)).asString().endsWith("408");
            }
        }
        everythingIsBack();
    }

    @Test
    void areGivenBackByWebSockets() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            var frames = peer.joinFrames();
            frames.send("42[\"inline\",\"text\"]");
            frames.next();
            frames.socket().sendText("42[\"inline\",\"" + "x".repeat(20_000), false).join();
            frames.socket().sendPing(ByteBuffer.wrap(new byte[]{1, 2, 3})).join();
            frames.socket().sendText("y".repeat(20_000) + "\"]", true).join();
            assertThat(frames.next()).hasSizeGreaterThan(40_000);
            frames.send("451-[\"inline\",{\"_placeholder\":true,\"num\":0}]");
            frames.sendBinary(new byte[50_000]);
            assertThat(frames.next()).startsWith("451-");
            frames.next();
            var sending = frames.socket().sendText("4" + "x".repeat(LIMIT), true);
            assertThat(frames.next()).isEqualTo("closed 1009");
            await().until(sending::isDone);
            // Cut in the middle of a message, of a frame, of a head; a close in order, and a frame that is none.
            var half = peer.joinFrames();
            half.socket().sendText("42[\"inline\",\"" + "x".repeat(70_000), false).join();
            half.socket().abort();
            raw(new byte[]{(byte) 0x82, (byte) 0xfe, 0x40, 0, 0, 0, 0, 0, 1, 2, 3});
            raw(new byte[]{(byte) 0x82, (byte) 0xff, 0});
            raw(new byte[]{(byte) 0x81, 2, '4', '0'});
            raw(new byte[]{(byte) 0xc1, (byte) 0x82, 0, 0, 0, 0, 1, 2});
            peer.joinFrames().socket().sendClose(1000, "bye").join();
            upgrade();
        }
        everythingIsBack();
    }

    private void echoes(String sid, String event) throws Exception {
        assertThat(peer.post(sid, event).body()).isEqualTo("ok");
        assertThat(peer.getBytes("?" + Peer.POLLING + "&sid=" + sid, "Accept-Encoding", "gzip").statusCode())
                .isEqualTo(200);
    }

    private void upgrade() throws Exception {
        String sid = peer.join();
        var poll = peer.hangingPoll(sid);
        var frames = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        frames.send("2probe");
        frames.next();
        assertThat(poll.get(60, TimeUnit.SECONDS).body()).isEqualTo("6");
        peer.post(sid, "42[\"inline\",\"for the WebSocket\"]");
        frames.send("5");
        assertThat(frames.next()).startsWith("42[");
        frames.socket().abort();
    }

    /** A post whose body does not come to its end. */
    private Socket post(String sid, String header, String some) throws IOException {
        return said("POST /socket.io/?" + Peer.POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: here\r\n"
                + header + "\r\n\r\n" + some);
    }

    /** A WebSocket that says this once it is open, and goes when the server has had its say. */
    private void raw(byte[] bytes) throws IOException {
        try (var socket = said("GET /socket.io/?" + Peer.WEBSOCKET + " HTTP/1.1\r\nHost: here\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")) {
            var in = socket.getInputStream();
            var seen = new StringBuilder();
            while (seen.indexOf("{\"sid\"") < 0) {
                seen.append((char) in.read());
            }
            socket.getOutputStream().write(bytes);
        }
    }

    private Socket said(String request) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private void everythingIsBack() {
        assertThat(pool.metric().usedDirectMemory()).as("the server took its buffers here").isPositive();
        peer.close();
        await().until(() -> server.channels.stream().noneMatch(Channel::isOpen));
        await().untilAsserted(
                () -> assertThat(pool.pinnedDirectMemory() + pool.pinnedHeapMemory()).as("bytes in use")
                        .isZero());
        // A leak is told when its buffer has been collected and another is made.
        System.gc();
        pool.directBuffer(1).release();
        assertThat(leaks.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }
}
