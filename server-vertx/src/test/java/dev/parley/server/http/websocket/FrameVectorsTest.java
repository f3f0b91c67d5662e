package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.SessionOptions;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.MemoryBudget;
import dev.parley.server.engine.SessionIds;
import dev.parley.server.engine.SessionOwner;
import dev.parley.server.engine.Sessions;
import dev.parley.server.engine.WebSocketViolation;
import dev.parley.server.http.InlineLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6455 and RFC 7692, a vector for each rule: whole, byte by byte, and in random pieces the same comes of it. */
class FrameVectorsTest {
    private static final int SEED = 7692;
    private static final int LONG = 4_000;

    static Stream<Arguments> plain() {
        return FrameVectors.plain();
    }

    static Stream<Arguments> compressed() {
        return FrameVectors.compressed();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plain")
    void holdsTheRuleOfRfc6455(String name, String input, String expectation) {
        holds(input, expectation, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("compressed")
    void holdsTheRuleOfRfc7692(String name, String input, String expectation) {
        holds(input, expectation, true);
    }

    /** A new violation brings its vector. */
    @Test
    void hasAVectorForEachViolation() {
        String expectations = String.join(" ",
                Stream.concat(plain(), compressed()).map(vector -> String.valueOf(vector.get()[2])).toList());
        for (WebSocketViolation violation : WebSocketViolation.values()) {
            assertThat(expectations).contains("!" + violation.name() + " close:" + violation.closeCode());
        }
    }

    private static void holds(String input, String expectation, boolean deflated) {
        byte[] bytes = FrameVectors.sent(input);
        var expected = FrameVectors.expected(expectation);
        assertThat(seen(bytes, deflated, () -> bytes.length)).as("whole").isEqualTo(expected);
        assertThat(seen(bytes, deflated, () -> bytes.length > LONG ? 997 : 1)).as("byte by byte")
                .isEqualTo(expected);
        var random = new Random(SEED);
        assertThat(seen(bytes, deflated, () -> 1 + random.nextInt(bytes.length > LONG ? 3_000 : 20)))
                .as("in random pieces, seed %s", SEED)
                .isEqualTo(expected);
    }

    /** Returns the frames that a client receives for these bytes, and the violations that are reported. */
    private static List<String> seen(byte[] bytes, boolean deflated, IntSupplier piece) {
        var handler = new FrameHandler(Framing.V4, deflated, 0, FrameVectors.MAX, null);
        var channel = new EmbeddedChannel(handler);
        var echo = new Echo();
        var sessions = new Sessions(new SessionIds("0"), SessionOptions.defaults(),
                new MemoryBudget(10_000_000), 1);
        handler.begin(link -> {
            var session = sessions.create(sessions.name(), TransportKind.WEBSOCKET, Framing.V4,
                    new InlineLoop());
            session.ifPresent(made -> {
                echo.session = made;
                made.open(echo, link);
            });
            return session;
        }, new InlineLoop());
        channel.runPendingTasks();
        List<String> seen = new ArrayList<>();
        take(channel, deflated);
        for (int at = 0; at < bytes.length && channel.isOpen();) {
            int size = Math.min(bytes.length - at, piece.getAsInt());
            channel.writeInbound(Unpooled.copiedBuffer(bytes, at, size));
            channel.runPendingTasks();
            seen.addAll(echo.violations);
            echo.violations.clear();
            seen.addAll(take(channel, deflated));
            at += size;
        }
        if (!seen.isEmpty() && seen.getLast().startsWith("close")) {
            assertThat(echo.ends).hasSize(1);
            assertThat(echo.ends.getFirst() == CloseCause.UNSPECIFIED)
                    .isEqualTo(seen.stream().noneMatch(thing -> thing.startsWith("!")));
        }
        channel.finishAndReleaseAll();
        // A violation that was reported before the response stays before it, also when much came at once.
        return sorted(seen);
    }

    private static List<String> sorted(List<String> seen) {
        List<String> violations = seen.stream().filter(thing -> thing.startsWith("!")).toList();
        if (violations.isEmpty()) {
            return seen;
        }
        List<String> all = new ArrayList<>(seen);
        all.removeAll(violations);
        all.addAll(all.size() - 1, violations);
        return all;
    }

    private static List<String> take(EmbeddedChannel channel, boolean deflated) {
        List<String> frames = new ArrayList<>();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            while (out.isReadable()) {
                frames.add(frame(out, deflated));
            }
            out.release();
        }
        return frames;
    }

    private static String frame(ByteBuf out, boolean deflated) {
        int first = out.readUnsignedByte();
        int length = out.readUnsignedByte();
        assertThat(first & 0x80).as("whole").isEqualTo(0x80);
        assertThat(length).as("not masked").isLessThan(128);
        length = length == 126 ? out.readUnsignedShort() : length == 127 ? (int) out.readLong() : length;
        byte[] payload = new byte[length];
        out.readBytes(payload);
        if ((first & 0x40) != 0) {
            assertThat(deflated).as("compressed only when agreed").isTrue();
            payload = FrameVectors.inflated(payload);
        }
        return switch (first & 0x3f) {
            case 1 -> FrameVectors.thing("text", payload);
            case 2 -> FrameVectors.thing("bin", payload);
            case 8 -> "close:" + ((payload[0] & 0xff) << 8 | (payload[1] & 0xff));
            case 10 -> FrameVectors.thing("pong", payload);
            default -> throw new IllegalStateException("a frame of kind " + first);
        };
    }

    private static final class Echo implements SessionOwner {
        private final List<String> violations = new ArrayList<>();
        private final List<CloseCause> ends = new ArrayList<>();
        private @Nullable EngineSession session;

        @Override
        public void deliver(EnginePacket packet) {
            if (session != null) {
                session.send(List.of(packet));
            }
        }

        @Override
        public void violated(WebSocketViolation violation) {
            violations.add("!" + violation.name());
        }

        @Override
        public void upgraded(Duration took) {}

        @Override
        public void closed(CloseReason reason, CloseCause cause) {
            ends.add(cause);
        }

        @Override
        public void settled() {}
    }
}
