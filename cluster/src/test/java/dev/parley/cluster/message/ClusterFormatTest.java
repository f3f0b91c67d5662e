package dev.parley.cluster.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what the published adapters for sharded Pub/Sub and for streams send, and writes what it reads. */
class ClusterFormatTest {
    private final ClusterFormat format = new ClusterFormat("me", "/", MessageLimits.defaults());

    static Stream<Captured> published() {
        return Stream.concat(Captured.of("sharded").stream(), Captured.of("streams").stream())
                .filter(one -> !one.channel().equals("stream"));
    }

    static Stream<Captured> entries() {
        return Captured.of("streams").stream().filter(one -> one.channel().equals("stream"));
    }

    private static Map<String, String> fields(Captured entry) {
        var fields = new LinkedHashMap<String, String>();
        Values.own(new String(entry.bytes(), StandardCharsets.UTF_8))
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asString()));
        return fields;
    }

    private static ClusterFormat as(String sender) {
        return new ClusterFormat(sender, "/", MessageLimits.defaults());
    }

    @ParameterizedTest
    @MethodSource("published")
    void writesMessagesThatReadTheSame(Captured one) {
        var read = format.decode(one.bytes()).orElseThrow();
        assertThat(read.sender()).hasSize(16);
        var json = as(read.sender()).encode(read.message()).orElseThrow();
        var packed = as(read.sender()).messagePack(read.message()).orElseThrow();
        for (byte[] again : new byte[][]{json, packed}) {
            assertThat(Captured.text(format.decode(again).orElseThrow().message()))
                    .isEqualTo(Captured.text(read.message()));
        }
        if (one.name().startsWith("server-") && one.adapter().equals("sharded")) {
            assertThat(json).isEqualTo(one.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void writesEntriesThatReadTheSame(Captured one) {
        var read = format.decode(fields(one)).orElseThrow();
        var again = as(read.sender()).fields(read.message()).orElseThrow();
        assertThat(Captured.text(format.decode(again).orElseThrow().message()))
                .isEqualTo(Captured.text(read.message()));
        if (one.name().equals("broadcast") || one.name().equals("leave") || one.name().equals("disconnect")) {
            assertThat(again).isEqualTo(fields(one));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            broadcast | broadcast ["hello",1,"two",{"three":[null,true,-4,5.5]}][] [] but []
            broadcast-room | broadcast ["hello"][] [red] but []
            broadcast-bytes | broadcast ["hello",{"_placeholder":true,"num":0},{"deep":[{"_placeholder":true,"num":1}]}][010203ff, 010203ff] [blue, red] but [] plain
            join | join [red] but [blue] [x, y]
            """)
    void readsBothPublishedAdapters(String name, String meaning) {
        for (String adapter : new String[]{"sharded", "streams"}) {
            var one = Captured.of(adapter)
                    .stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            var read = one.channel().equals("stream") ? format.decode(fields(one))
                    : format.decode(one.bytes());
            assertThat(Captured.text(read.orElseThrow().message())).as(adapter).isEqualTo(meaning);
        }
    }

    @Test
    void ignoresItsOwnMessagesOtherNamespacesAndUnknownTypes() {
        var one = published().findFirst().orElseThrow();
        var read = format.decode(one.bytes()).orElseThrow();
        assertThat(as(read.sender()).decode(one.bytes())).isEmpty();
        assertThat(new ClusterFormat("me", "/other", MessageLimits.defaults()).decode(one.bytes())).isEmpty();
        assertThat(format.decode("{\"uid\":\"x\",\"nsp\":\"/\",\"type\":2}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(format.decode(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void hostileBytesAreRejectedAndNothingElse(long seed) {
        var random = new Random(seed);
        var all = published().toList();
        var entries = entries().toList();
        for (int round = 0; round < 500; round++) {
            byte[] bytes = all.get(random.nextInt(all.size())).bytes().clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(bytes,
                    random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 8));
            readable(() -> format.decode(cut));
            var fields = fields(entries.get(random.nextInt(entries.size())));
            String field = random.nextBoolean() ? "data" : "type";
            var text = new StringBuilder(fields.getOrDefault(field, ""));
            text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(96)));
            fields.put(field, text.toString());
            readable(() -> format.decode(fields));
        }
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(20);
    }

    private static void readable(java.util.function.Supplier<Optional<Received>> reading) {
        try {
            assertThat(reading.get()).isNotNull();
        } catch (MalformedMessageException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }
}
