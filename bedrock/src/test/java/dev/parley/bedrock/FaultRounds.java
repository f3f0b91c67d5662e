package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.emulator.EmulatorOptions;
import dev.parley.emulator.Fault;
import dev.parley.voice.ModelEvent;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.List;

/**
 * Program that triggers each fault in the middle of a sentence and checks for leaks after it. Prints {@code clean after} and its name for
 * each fault, and {@code clean} at the end. With the argument {@code --forget} it leaks a buffer itself, and must then fail.
 */
final class FaultRounds {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final List<String> MENDED = List.of("reset@1s", "goaway@1s", "end@1s", "cut@1s", "slow",
            "modelTimeoutException@1s", "internalServerException@1s", "serviceUnavailableException@1s",
            "modelStreamErrorException@1s", "throttlingException@1s",
            "validationException:InternalErrorCode=531 RST@1s", "http-503", "http-424");
    private static final List<String> FATAL = List.of("validationException:Invalid input request@1s",
            "http-403", "http-404", "http-429");

    private final Pair pair;

    private FaultRounds(Pair pair) {
        this.pair = pair;
    }

    public static void main(String[] arguments) {
        round(false); // objects that are made once and kept, like the JDK's timers, exist from here on
        await().atMost(PATIENCE).until(() -> Remains.bufferBytes() == 0);
        await().atMost(PATIENCE)
                .until(() -> Remains.threads()
                        .stream()
                        .noneMatch(name -> name.matches("(aws-|vert|globalEventExecutor|nova-).*")));
        List<String> before = Remains.threads();
        boolean forget = List.of(arguments).contains("--forget");
        if (forget) {
            PooledByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1);
        }
        round(!forget);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Remains.threads()).as("threads").isEqualTo(before));
        await().during(Duration.ofSeconds(1))
                .atMost(forget ? Duration.ofSeconds(5) : PATIENCE)
                .untilAsserted(() -> {
                    assertThat(Remains.bufferBytes()).as("bytes in buffers").isZero();
                });
        System.out.println("clean");
    }

    private static void round(boolean faulty) {
        var options = Pair.quick()
                .withWaits(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(3));
        try (Pair pair = Pair.of(EmulatorOptions.defaults(), options)) {
            var rounds = new FaultRounds(pair);
            rounds.talk(true);
            if (faulty) {
                MENDED.forEach(fault -> rounds.after(fault, true));
                rounds.after("stall@1s", true);
                FATAL.forEach(fault -> rounds.after(fault, false));
            }
        }
    }

    private void after(String fault, boolean mended) {
        long bytes = Remains.bufferBytes();
        int number = pair.emulator.streams() + 1;
        pair.emulator.faults(List.of(Fault.parse(fault + "#" + number)));
        if (fault.startsWith("stall")) {
            talkUntilLeft(number);
        } else {
            talk(mended);
        }
        await().alias(fault).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(pair.model.openStreams()).as("streams of the client").isZero();
            assertThat(pair.emulator.openStreams()).as("streams of the service").isZero();
            assertThat(Remains.threads()).as("threads of conversations").doesNotContain("nova-stream");
            assertThat(Remains.bufferBytes()).as("bytes in buffers").isLessThanOrEqualTo(bytes);
        });
        System.out.println("clean after " + fault);
    }

    /**
     * Talks until the client has left a service that takes no more data. The client detects this by its waiting audio, which is more than
     * it sends again.
     */
    private void talkUntilLeft(int number) {
        var talk = new Talk(pair.model).silence(Duration.ofMillis(600)).say(440, Duration.ofMillis(800));
        await().pollInSameThread()
                .atMost(PATIENCE)
                .until(() -> talk.silence(Duration.ofMillis(96)) != null && pair.emulator.streams() > number);
        talk.sayAndHear(880).close();
    }

    private void talk(boolean mended) {
        var talk = new Talk(pair.model).silence(Duration.ofMillis(600));
        if (mended) {
            talk.sayAndHear(440).close();
        } else {
            talk.say(440, Duration.ofMillis(800)).until(ModelEvent.Failed.class::isInstance);
        }
    }
}
