package dev.parley.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.broker.RedisLink;
import dev.parley.cluster.broker.RedisLink.StreamEntry;
import dev.parley.cluster.core.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class StreamReaderTest {
    private static final Map<String, String> FIELDS = Map.of("n", "1");

    private final VirtualTime time = new VirtualTime();
    private final FakeStream stream = new FakeStream();
    private final List<String> heard = new ArrayList<>();
    private final StreamReader reader = new StreamReader("log", stream, time::after,
            () -> heard.add("counted"));

    private void start() {
        stream.add(1, 1);
        reader.start();
        reader.add(new RedisLink.StreamListener() {
            @Override
            public void on(StreamEntry entry) {
                heard.add(entry.id());
            }

            @Override
            public void missed() {
                heard.add("missed");
            }
        });
        heard.clear();
    }

    private void breakConnection() {
        stream.fail();
        time.advance(Duration.ofMillis(500), () -> {});
    }

    @Test
    void entriesThatWereTrimmedDuringACutAreNoticed() {
        start();
        stream.fail();
        stream.add(2, 4);
        stream.entries.removeIf(entry -> !entry.id().equals("4-0"));
        time.advance(Duration.ofMillis(500), () -> {});
        assertThat(heard).containsExactly("counted", "missed", "4-0");
    }

    @Test
    void nothingIsMissedWhenTheLastEntryIsStillThere() {
        start();
        breakConnection();
        stream.add(2, 3);
        breakConnection();
        stream.add(4, 4);
        assertThat(heard).containsExactly("2-0", "3-0", "4-0");
    }

    @Test
    void onlyTheFirstReadingAfterACutIsDoubted() {
        start();
        breakConnection();
        stream.add(2, 2);
        int questions = stream.questions;
        stream.entries.removeFirst();
        stream.add(3, 3);
        stream.entries.removeFirst();
        stream.add(4, 4);
        assertThat(stream.questions).isEqualTo(questions);
        assertThat(heard).containsExactly("2-0", "3-0", "4-0");
    }

    @Test
    void readerThatIsFarBehindNoticesWhatWasTrimmed() {
        start();
        stream.held = true;
        stream.add(2, 150);
        stream.entries.subList(0, 30).clear();
        stream.held = false;
        stream.respond();
        assertThat(heard).startsWith("counted", "missed", "31-0").hasSize(122).endsWith("150-0");
    }

    @Test
    void cutDuringTheQuestionAsksAgain() {
        start();
        stream.fail();
        stream.add(2, 4);
        stream.entries.removeIf(entry -> !entry.id().equals("4-0"));
        stream.failQuestions = true;
        time.advance(Duration.ofMillis(500), () -> {});
        assertThat(heard).isEmpty();
        stream.failQuestions = false;
        time.advance(Duration.ofMillis(500), () -> {});
        assertThat(heard).containsExactly("counted", "missed", "4-0");
    }

    @Test
    void redisThatLostItsDataIsReadFromTheStartAlsoIfItsClockIsBehind() {
        stream.add(9_000, 9_000);
        reader.start();
        reader.add(entry -> heard.add(entry.id()));
        heard.clear();
        stream.fail();
        stream.entries.clear();
        time.advance(Duration.ofMillis(500), () -> {});
        stream.respond(); // nothing has come for 5 s
        stream.add(5, 6);
        assertThat(heard).containsExactly("counted", "5-0", "6-0");
        stream.add(7, 7);
        assertThat(heard).containsExactly("counted", "5-0", "6-0", "7-0");
    }

    @Test
    void emptyStreamGetsAnEntryToBeginWith() {
        reader.start();
        assertThat(stream.entries).extracting(StreamEntry::id).containsExactly("1-0");
        reader.awaitBegin(Duration.ZERO);
    }

    /** A stream that responds to a read when there are entries, or when it is told to. Not thread-safe. */
    private static final class FakeStream implements StreamReader.Commands {
        private final List<StreamEntry> entries = new ArrayList<>();
        private CompletableFuture<List<StreamEntry>> read = new CompletableFuture<>();
        private String after = "";
        private boolean held;
        private boolean failQuestions;
        private int questions;

        void add(int first, int last) {
            for (int i = first; i <= last; i++) {
                entries.add(new StreamEntry(i + "-0", FIELDS));
            }
            if (!held) {
                respondIfAny();
            }
        }

        private void respondIfAny() {
            if (!found().isEmpty()) {
                respond();
            }
        }

        void respond() {
            read.complete(found());
        }

        private List<StreamEntry> found() {
            return after.isEmpty() ? List.of()
                    : entries.stream()
                            .filter(entry -> millis(entry.id()) > millis(after))
                            .limit(StreamReader.COUNT)
                            .toList();
        }

        private static long millis(String id) {
            return Long.parseLong(id.substring(0, id.indexOf('-')));
        }

        void fail() {
            read.completeExceptionally(new IllegalStateException("disconnected"));
        }

        @Override
        public CompletionStage<Optional<StreamEntry>> last() {
            return CompletableFuture
                    .completedStage(entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast()));
        }

        @Override
        public CompletionStage<?> addEmpty() {
            add(1, 1);
            return CompletableFuture.completedStage("1-0");
        }

        @Override
        public CompletionStage<List<StreamEntry>> after(String id) {
            after = id;
            read = new CompletableFuture<>();
            var result = read;
            if (!held) {
                respondIfAny();
            }
            return result;
        }

        @Override
        public CompletionStage<Boolean> contains(String id) {
            questions++;
            return failQuestions ? CompletableFuture.failedStage(new IllegalStateException("disconnected"))
                    : CompletableFuture
                            .completedStage(entries.stream().anyMatch(entry -> entry.id().equals(id)));
        }
    }
}
