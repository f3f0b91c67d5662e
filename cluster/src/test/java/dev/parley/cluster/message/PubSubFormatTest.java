package dev.parley.cluster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.message.ClusterMessage.Broadcast;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.SocketDescription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what the published adapter sends, and writes what it reads. */
class PubSubFormatTest {
    private final PubSubFormat format = new PubSubFormat("me", "/", MessageLimits.defaults());

    static Stream<Captured> broadcasts() {
        return Stream.concat(Captured.of("pubsub").stream(), Captured.of("emitter").stream())
                .filter(one -> one.channel().startsWith("socket.io#"));
    }

    static Stream<Captured> requests() {
        return Stream.concat(Captured.of("pubsub").stream(), Captured.of("emitter").stream())
                .filter(one -> one.channel().startsWith("socket.io-request#"));
    }

    static Stream<Captured> responses() {
        return Captured.of("pubsub").stream().filter(one -> one.channel().startsWith("socket.io-response#"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            broadcast | broadcast ["hello",1,"two",{"three":[null,true,-4,5.5]}][] [] but []
            broadcast-room | broadcast ["hello"][] [red] but []
            broadcast-bytes | broadcast ["hello",{"_placeholder":true,"num":0},{"deep":[{"_placeholder":true,"num":1}]}][010203ff, 010203ff] [blue, red] but [] plain
            broadcast-unicode | broadcast ["ünï","日本 😀","2023-11-14T22:13:20.123Z"][] [] but []
            join | join [red] but [blue] [x, y]
            disconnect | Disconnect[options=BroadcastOptions[rooms=[red], except=[], local=true, isVolatile=false, compress=true], close=true]
            server-event | event ["plain",1,"two"][]
            """)
    void readsWhatThePublishedAdapterSends(String name, String meaning) {
        var one = Captured.of("pubsub")
                .stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        var message = one.channel().startsWith("socket.io#") ? format.broadcast(one.bytes()).orElseThrow()
                : format.request(one.bytes());
        assertThat(message.sender()).hasSize(6);
        assertThat(Captured.text(message.message())).isEqualTo(meaning);
    }

    @Test
    void readsTheOptionsOfAVolatileBroadcastAndNumbersOfAllSizes() {
        var some = broadcasts().filter(one -> one.name().equals("broadcast-rooms")).findFirst().orElseThrow();
        assertThat(Captured.text(format.broadcast(some.bytes()).orElseThrow().message()))
                .endsWith("xxx\"][] [blue, red] but [green] volatile");
        var numbers = broadcasts().filter(one -> one.name().equals("broadcast-numbers"))
                .findFirst()
                .orElseThrow();
        // The packer of the published adapter cannot write 1e300; what it writes instead is read without an error.
        assertThat(Captured.text(format.broadcast(numbers.bytes()).orElseThrow().message()))
                .startsWith("broadcast [\"n\",127,128,65536,4294967296,-33,-129,-2147483649,")
                .contains(",0.1]");
    }

    @ParameterizedTest
    @MethodSource("broadcasts")
    void writesBroadcastsThatReadTheSame(Captured one) {
        var read = format.broadcast(one.bytes()).orElseThrow();
        var again = new PubSubFormat(read.sender(), "/", MessageLimits.defaults())
                .encode((Broadcast) read.message());
        assertThat(Captured.text(format.broadcast(again).orElseThrow().message()))
                .isEqualTo(Captured.text(read.message()));
        if (one.name().equals("broadcast") && one.adapter().equals("pubsub")) {
            assertThat(again).isEqualTo(one.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void writesRequestsThatReadTheSame(Captured one) {
        var read = format.request(one.bytes());
        var again = new PubSubFormat(read.sender(), "/", MessageLimits.defaults()).request(read.message())
                .orElseThrow();
        assertThat(Captured.text(format.request(again).message())).isEqualTo(Captured.text(read.message()));
        if (!one.adapter().equals("emitter") && !one.name().equals("call") && !one.name().equals("join")) {
            assertThat(new String(again, StandardCharsets.UTF_8))
                    .isEqualTo(new String(one.bytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aCallCarriesItsTimeout() {
        var call = requests().filter(one -> one.name().equals("call")).findFirst().orElseThrow();
        assertThat(((ClusterMessage.Call) format.request(call.bytes()).message()).timeout())
                .contains(Duration.ofMillis(1500));
    }

    @Test
    void aLongTimeoutIsShortenedToWhatTimersOfNodeTake() {
        var call = new ClusterMessage.Call("r", Arguments.of("[\"q\"]"), BroadcastOptions.ALL,
                Optional.of(Duration.ofSeconds(Long.MAX_VALUE)));
        var read = (ClusterMessage.Call) format.request(format.request(call).orElseThrow()).message();
        assertThat(read.timeout()).contains(Duration.ofMillis(Integer.MAX_VALUE - 1));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void writesResponsesThatReadTheSame(Captured one) {
        var read = format.response(one.bytes());
        if (one.name().equals("all-rooms")) {
            assertThat(read).isEmpty();
            return;
        }
        var again = format.response(format.response(read.orElseThrow()));
        assertThat(Captured.text(again.orElseThrow())).isEqualTo(Captured.text(read.orElseThrow()));
    }

    @Test
    void describesSocketsInTheShapeOfTheReferenceServer() {
        String handshake = """
                {"headers":{"origin":"x"},"query":{"EIO":"4"},"address":"::1","url":"/socket.io/?EIO=4",\
                "time":"2026-01-02T03:04:05.678Z","secure":false,"auth":"{\\"token\\":1}"}""";
        var socket = new SocketDescription("id", handshake, Set.of("id"),
                Map.of("name", "Ann", "thread", Thread.currentThread().getThreadGroup()));
        byte[] bytes = format.response(new ClusterMessage.Sockets("r", List.of(socket)));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("\"issued\":1767323045678")
                .contains("\"auth\":{\"token\":1}")
                .contains("\"xdomain\":true");
        var read = (ClusterMessage.Sockets) format.response(bytes).orElseThrow();
        assertThat(read.sockets().getFirst().handshake()).contains("\"auth\":\"{\\\"token\\\":1}\"")
                .contains("\"time\":\"2026-01-02T03:04:05.678Z\"");
        assertThat(read.sockets().getFirst().data()).containsEntry("name", "Ann");
    }

    @Test
    void ignoresBroadcastsOfOtherNamespacesAndItsOwn() {
        var other = new PubSubFormat("me", "/a#b", MessageLimits.defaults());
        var broadcast = new Broadcast(Arguments.of("[\"e\"]"), BroadcastOptions.ALL);
        assertThat(format.broadcast(other.encode(broadcast))).isEmpty();
        assertThat(format.isOwnBroadcast(format.encode(broadcast))).isTrue();
        assertThat(new PubSubFormat("you", "/", MessageLimits.defaults())
                .isOwnBroadcast(format.encode(broadcast))).isFalse();
    }

    @Test
    void rejectsWhatPassesALimit() {
        var small = new PubSubFormat("you", "/", new MessageLimits(100, 3, 1));
        var two = new Arguments("[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                List.of(new byte[1], new byte[1]));
        for (var event : List.of(two, Arguments.of("[\"" + "x".repeat(100) + "\"]"),
                Arguments.of("[" + "[".repeat(20) + "]".repeat(20) + "]"), Arguments.of("[\"connect\"]"),
                Arguments.of("[]"), Arguments.of("[{}]"))) {
            byte[] bytes = format.encode(new Broadcast(event, BroadcastOptions.ALL));
            assertThatThrownBy(() -> small.broadcast(bytes)).isInstanceOf(MalformedMessageException.class);
        }
    }

    /** Bytes are changed, cut and added; the only exception is the one that a broker expects. */
    @ParameterizedTest
    @MethodSource("seeds")
    void hostileBytesAreRejectedAndNothingElse(long seed) {
        var random = new Random(seed);
        var all = Captured.of("pubsub");
        for (int round = 0; round < 500; round++) {
            byte[] bytes = all.get(random.nextInt(all.size())).bytes().clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = java.util.Arrays.copyOf(bytes,
                    random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 8));
            readable(() -> format.broadcast(cut));
            readable(() -> Optional.of(format.request(cut)));
            readable(() -> format.response(cut));
        }
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(20);
    }

    private static void readable(java.util.function.Supplier<?> reading) {
        try {
            assertThat(reading.get()).isNotNull();
        } catch (MalformedMessageException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }
}
