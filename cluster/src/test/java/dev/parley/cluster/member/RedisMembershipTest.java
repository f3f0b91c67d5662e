package dev.parley.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.core.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RedisMembershipTest {
    private static final Member A = new Member("A", "aaaaaaaaaaaaaaaa", Optional.empty(), 1, false);
    private static final Member B = new Member("B", "bbbbbbbbbbbbbbbb", Optional.empty(), 1, false);

    private final Time time = new Time();
    private final Store store = new Store();
    private final RedisMembership membership = new RedisMembership(A, store, time, time);

    @Test
    void beatsEveryTwoSecondsOneAtATime() {
        assertThat(membership.join()).isCompletedWithValue(true);
        time.advance(Duration.ofSeconds(10));
        assertThat(store.beats).isEqualTo(6);
        store.silent = true;
        time.advance(Duration.ofSeconds(10));
        assertThat(store.beats).isEqualTo(7);
        store.silent = false;
        store.respond();
        time.advance(Duration.ofSeconds(2));
        assertThat(store.beats).isEqualTo(8);
        membership.close();
        time.advance(Duration.ofSeconds(10));
        assertThat(store.beats).isEqualTo(8);
    }

    @Test
    void joinsNotWithATagThatAnotherHas() {
        store.clash = true;
        assertThat(membership.join()).isCompletedWithValue(false);
        time.advance(Duration.ofSeconds(10));
        assertThat(store.beats).isEqualTo(1);
    }

    @Test
    void keepsTheMembersWhileTheStoreIsAway() {
        store.alive.put("B", B.text());
        assertThat(membership.join()).isCompletedWithValue(true);
        assertThat(membership.members()).containsExactly(A, B);
        store.away = true;
        store.alive.clear();
        time.advance(Duration.ofMinutes(5));
        assertThat(membership.find("B")).contains(B);
        store.away = false;
        time.advance(Duration.ofSeconds(13));
        assertThat(membership.members()).containsExactly(A);
        assertThat(store.disconnected).containsExactly("B");
    }

    @Test
    void whoDiedCountsAsDeadOnlyWhenItsConnectionsHaveEnded() {
        store.alive.put("B", B.text());
        assertThat(membership.join()).isCompletedWithValue(true);
        var left = new ArrayList<String>();
        membership.addListener(new Membership.Listener() {
            @Override
            public void left(Member member, boolean inOrder) {
                left.add(member.tag() + inOrder);
            }
        });
        store.disconnection = new CompletableFuture<>();
        store.alive.remove("B");
        store.dead.add("B");
        time.advance(Duration.ofSeconds(60));
        assertThat(store.disconnected).containsExactly("B");
        assertThat(store.beats).as("one question at a time").isEqualTo(2);
        assertThat(membership.find("B")).contains(B);
        assertThat(membership.hasLeft("B")).isFalse();
        assertThat(left).isEmpty();
        store.disconnection.complete(null);
        assertThat(membership.find("B")).isEmpty();
        assertThat(membership.hasLeft("B")).isTrue();
        assertThat(left).containsExactly("Bfalse");
        time.advance(Duration.ofSeconds(2));
        assertThat(store.beats).isEqualTo(3);
    }

    @Test
    void whoDiedIsDeadAlsoWhenItsConnectionsCannotBeEnded() {
        store.alive.put("B", B.text());
        assertThat(membership.join()).isCompletedWithValue(true);
        store.disconnection = CompletableFuture.failedFuture(new IllegalStateException("NOPERM"));
        store.alive.remove("B");
        store.dead.add("B");
        time.advance(Duration.ofSeconds(2));
        assertThat(membership.find("B")).isEmpty();
        assertThat(membership.hasLeft("B")).isTrue();
        time.advance(Duration.ofSeconds(2));
        assertThat(store.beats).isEqualTo(3);
    }

    @Test
    void newsAreAskedForAtOnceAndQuestionsShared() {
        assertThat(membership.join()).isCompletedWithValue(true);
        var heard = new ArrayList<String>();
        store.alive.put("B", B.text());
        for (int i = 0; i < 1_000; i++) {
            store.news.run();
            membership.refresh(response -> heard.add("heard"));
        }
        time.advance(Duration.ofMillis(100));
        assertThat(store.beats).isEqualTo(2);
        assertThat(heard).hasSize(1_000);
        assertThat(membership.find("B")).contains(B);
    }

    @Test
    void tellsWhereItIsAndThatItDrains() {
        assertThat(membership.join()).isCompletedWithValue(true);
        membership.address(new NodeAddress("10.0.0.1", 7100));
        membership.drain();
        time.advance(Duration.ofMillis(100));
        assertThat(store.last).isEqualTo("aaaaaaaaaaaaaaaa|1|1|10.0.0.1:7100");
        assertThat(store.announced).isPositive();
        assertThat(membership.leave()).isCompleted();
        assertThat(store.left).isEqualTo("A");
    }

    @Test
    void listenerThatThrowsHoldsUpNobody() {
        var joined = new ArrayList<String>();
        membership.addListener(new Membership.Listener() {
            @Override
            public void joined(Member member) {
                throw new IllegalStateException("a fault of the listener");
            }
        });
        membership.addListener(new Membership.Listener() {
            @Override
            public void joined(Member member) {
                joined.add(member.tag());
            }
        });
        assertThat(membership.join()).isCompletedWithValue(true);
        store.alive.put("B", B.text());
        membership.refresh(heard -> {
            throw new IllegalStateException("a fault of the asker");
        });
        membership.refresh(heard -> joined.add("heard"));
        time.advance(Duration.ofSeconds(10));
        assertThat(joined).containsExactly("B", "heard");
        assertThat(store.beats).isGreaterThan(4);
    }

    @Test
    void whoAsksAStoreThatIsAwayIsToldSo() {
        assertThat(membership.join()).isCompletedWithValue(true);
        var heard = new ArrayList<Boolean>();
        store.away = true;
        membership.refresh(heard::add);
        time.advance(Duration.ofMillis(100));
        assertThat(heard).containsExactly(false);
        membership.refresh(heard::add);
        assertThat(heard).as("known to be away").containsExactly(false, false);
        assertThat(store.beats).isEqualTo(2);
        store.away = false;
        time.advance(Duration.ofSeconds(2));
        membership.refresh(heard::add);
        time.advance(Duration.ofMillis(100));
        assertThat(heard).containsExactly(false, false, true);
    }

    @Test
    void nobodyWaitsLongForASilentStore() {
        assertThat(membership.join()).isCompletedWithValue(true);
        var heard = new ArrayList<Boolean>();
        store.silent = true;
        membership.refresh(heard::add);
        time.advance(Duration.ofMillis(100));
        membership.refresh(heard::add);
        time.advance(Duration.ofMillis(4_999));
        assertThat(heard).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(heard).containsExactly(false, false);
        membership.refresh(heard::add);
        assertThat(heard).as("known to be away").hasSize(3).containsOnly(false);
        store.silent = false;
        store.respond();
        membership.refresh(heard::add);
        time.advance(Duration.ofMillis(100));
        assertThat(heard).hasSize(4).endsWith(true);
    }

    @Test
    void fewQuestionsAreKept() {
        assertThat(membership.join()).isCompletedWithValue(true);
        var heard = new ArrayList<Boolean>();
        store.silent = true;
        for (int i = 0; i < 10_000; i++) {
            membership.refresh(heard::add);
        }
        assertThat(heard).isEmpty();
        membership.refresh(heard::add);
        assertThat(heard).as("beyond the limit").containsExactly(false);
        membership.close();
        assertThat(heard).hasSize(10_001).containsOnly(false);
    }

    @Test
    void whatCouldNotBeToldIsAnnouncedLater() {
        assertThat(membership.join()).isCompletedWithValue(true);
        assertThat(store.announced).isEqualTo(1);
        store.away = true;
        membership.drain();
        time.advance(Duration.ofSeconds(10));
        assertThat(store.announced).isEqualTo(1);
        store.away = false;
        time.advance(Duration.ofSeconds(10));
        assertThat(store.announced).isEqualTo(2);
        assertThat(store.last).isEqualTo("aaaaaaaaaaaaaaaa|1|1|");
    }

    @Test
    void usesTheClockOfTheStore() {
        store.millis = 1_000_000;
        assertThat(membership.join()).isCompletedWithValue(true);
        time.advance(Duration.ofMillis(500));
        assertThat(membership.millis()).isEqualTo(1_000_500);
    }

    /** A store that responds at once, later, or not at all. */
    private static final class Store implements MemberStore {
        final Map<String, String> alive = new HashMap<>();
        final Set<String> dead = new HashSet<>();
        final List<String> disconnected = new ArrayList<>();
        CompletableFuture<Void> disconnection = CompletableFuture.completedFuture(null);
        final List<CompletableFuture<View>> pending = new ArrayList<>();
        Runnable news = () -> {};
        boolean clash;
        boolean away;
        boolean silent;
        int beats;
        int announced;
        long millis;
        String last = "";
        String left = "";

        @Override
        public CompletionStage<View> beat(Member self) {
            beats++;
            last = self.text();
            if (away) {
                return CompletableFuture.failedStage(new IllegalStateException("away"));
            }
            var response = new CompletableFuture<View>();
            pending.add(response);
            if (!silent) {
                respond();
            }
            return response;
        }

        void respond() {
            var all = List.copyOf(pending);
            pending.clear();
            all.forEach(each -> each.complete(new View(millis, clash, alive, Set.of(), dead)));
        }

        @Override
        public CompletionStage<Void> leave(Member self) {
            left = self.tag();
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> disconnect(Member dead) {
            disconnected.add(dead.tag());
            return disconnection;
        }

        @Override
        public void announce() {
            announced++;
        }

        @Override
        public AutoCloseable onNews(Runnable listener) {
            news = listener;
            return () -> {};
        }
    }

    /** A clock that the test moves. */
    private static final class Time implements Timeouts, InstantSource {
        private record Task(Instant at, Runnable action) {}

        private final PriorityQueue<Task> tasks = new PriorityQueue<>(
                (one, other) -> one.at.compareTo(other.at));
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public Runnable after(Duration delay, Runnable action) {
            var task = new Task(now.plus(delay), action);
            tasks.add(task);
            return () -> tasks.remove(task);
        }

        void advance(Duration by) {
            var end = now.plus(by);
            while (!tasks.isEmpty() && !tasks.peek().at.isAfter(end)) {
                var task = tasks.remove();
                now = task.at;
                task.action.run();
            }
            now = end;
        }
    }
}
