package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.admission.BudgetExchange;
import dev.parley.calls.admission.CallBudget;
import dev.parley.calls.admission.CallBudget.Answer;
import dev.parley.calls.admission.CallBudget.Spent;
import dev.parley.calls.admission.SharedBudget;
import dev.parley.calls.visitor.Visitor;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One server's part of a shared budget; the test is the store. Four places, and four may wait. */
class SharedBudgetTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestRuntime runtime = new TestRuntime();
    private final Store store = new Store();
    private int places = 4;
    private SharedBudget budget;

    /** Requests that wait for the test's reply. */
    private static final class Store implements BudgetExchange {
        private final Queue<Asked> asked = new ArrayDeque<>();
        private int servers = 1;
        private boolean left;
        private Spent spentLast = Spent.NOTHING;

        private record Asked(Request request, CompletableFuture<Reply> reply) {}

        @Override
        public CompletionStage<Reply> exchange(Request request) {
            var reply = new CompletableFuture<Reply>();
            asked.add(new Asked(request, reply));
            return reply;
        }

        @Override
        public String name(long id) {
            return "here/" + id;
        }

        @Override
        public CompletionStage<Void> leave(LocalDate day, Spent spent) {
            left = true;
            spentLast = spent;
            return CompletableFuture.completedFuture(null);
        }

        /** Replies to the one request that waits, and returns it. */
        Request reply(Set<Long> admitted, Map<Long, Integer> positions, Set<Long> refused, Spent spent) {
            assertThat(asked).as("requests under way").hasSize(1);
            var next = asked.remove();
            next.reply().complete(new Reply(admitted, positions, refused, servers, spent));
            return next.request();
        }

        Request reply() {
            return reply(Set.of(), Map.of(), Set.of(), Spent.NOTHING);
        }

        Request admit(Long... ids) {
            return reply(Set.of(ids), Map.of(), Set.of(), Spent.NOTHING);
        }

        void fail() {
            asked.remove().reply().completeExceptionally(new IllegalStateException("away"));
        }
    }

    /** Remembers what it was told. */
    private static final Visitor VISITOR = Visitor.unknown("192.0.2.1");

    private static class Caller implements CallBudget.Waiter {
        @Override
        public Visitor visitor() {
            return VISITOR;
        }

        final List<String> told = new ArrayList<>();

        @Override
        public void number(int position) {
            told.add(Integer.toString(position));
        }

        @Override
        public void full() {
            told.add("full");
        }
    }

    @BeforeEach
    void join() {
        budget = SharedBudget.join(new CallBudget.Terms(() -> places, 4, runtime.runtime().alarm(),
                Runnable::run, runtime.runtime().clock(), ZoneOffset.UTC, UnaryOperator.identity()), store);
        store.reply();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        budget.close();
        assertThat(store.left).isTrue();
        assertThat(runtime.pendingAlarms()).isZero();
    }

    @Test
    void serverThatAdmitsNobodyTellsThePositionsInItsOwnLine() {
        places = 0;
        var ann = new Caller();
        var bob = new Caller();
        budget.enter(ann);
        budget.enter(bob);

        store.reply();
        store.reply();

        assertThat(ann.told).containsExactly("1");
        assertThat(bob.told).containsExactly("2");
        assertThat(budget.waiting()).isEqualTo(2);
    }

    @Test
    void closingTellsWhatWasSpentLast() {
        budget.spend(VISITOR, new Spent(7, 0.25));

        budget.close();

        assertThat(store.spentLast).isEqualTo(new Spent(7, 0.25));
    }

    @Test
    void continuedConversationNamesItsFormerPlace() {
        var back = new Caller() {
            @Override
            public boolean continues() {
                return true;
            }

            @Override
            public String formerPlace() {
                return "there/7";
            }
        };
        budget.enter(back);

        assertThat(store.admit(1L).former()).containsExactly(Map.entry(1L, "there/7"));

        assertThat(back.told).containsExactly("0");
        assertThat(budget.name(back)).isEqualTo("here/1");
        budget.leave(back);
        assertThat(store.reply().former()).isEmpty();
        assertThat(budget.name(back)).isEmpty();
    }

    @Test
    void continuedConversationIsNeverRefusedAndAskedForFirst() {
        for (int i = 0; i < 8; i++) {
            budget.enter(new Caller());
        }
        assertThat(budget.enter(new Caller())).isEqualTo(Answer.FULL);
        var back = new Caller() {
            @Override
            public boolean continues() {
                return true;
            }
        };

        assertThat(budget.enter(back)).isEqualTo(Answer.WAITING);

        store.admit(1L);
        var request = store.reply();
        assertThat(request.wanted()).startsWith(9L).hasSize(8);
        assertThat(request.continued()).containsExactly(9L);
    }

    @Test
    void continuedConversationGetsTheFirstPlaceOfAServerThatIsAlone() {
        for (int i = 0; i < 5; i++) {
            budget.enter(new Caller());
        }
        var back = new Caller() {
            @Override
            public boolean continues() {
                return true;
            }
        };
        budget.enter(back);

        store.fail();

        assertThat(back.told).containsExactly("0");
    }

    @Test
    void placeIsAdmittedByTheStore() {
        var ann = new Caller();

        assertThat(budget.enter(ann)).isEqualTo(Answer.WAITING);

        assertThat(ann.told).isEmpty();
        assertThat(store.admit(1L).wanted()).containsExactly(1L);
        assertThat(ann.told).containsExactly("0");
        assertThat(budget.open()).isEqualTo(1);
        assertThat(budget.waiting()).isZero();
        runtime.advance(Duration.ofSeconds(3));
        assertThat(store.reply().held()).containsExactly(1L);
    }

    @Test
    void positionsAmongAllServersAreToldWhenTheyChange() {
        var ann = new Caller();
        budget.enter(ann);
        store.reply(Set.of(), Map.of(1L, 7), Set.of(), Spent.NOTHING);
        runtime.advance(SECOND);
        store.reply(Set.of(), Map.of(1L, 7), Set.of(), Spent.NOTHING);
        runtime.advance(SECOND);
        store.reply(Set.of(), Map.of(1L, 2), Set.of(), Spent.NOTHING);
        runtime.advance(SECOND);
        store.admit(1L);

        assertThat(ann.told).containsExactly("7", "2", "0");
    }

    @Test
    void fullLineOfAllServersRefuses() {
        var ann = new Caller();
        budget.enter(ann);

        store.reply(Set.of(), Map.of(), Set.of(1L), Spent.NOTHING);

        assertThat(ann.told).containsExactly("full");
        assertThat(budget.waiting()).isZero();
    }

    @Test
    void noMoreAskThanCouldBeAdmittedOrWait() {
        for (int i = 0; i < 8; i++) {
            assertThat(budget.enter(new Caller())).isEqualTo(Answer.WAITING);
        }
        assertThat(budget.enter(new Caller())).isEqualTo(Answer.FULL);
        store.reply();
        store.reply();
    }

    @Test
    void changesDuringAnExchangeAreToldByTheNext() {
        var ann = new Caller();
        var bob = new Caller();
        budget.enter(ann);
        budget.enter(bob);
        budget.leave(ann);

        assertThat(store.admit(1L).wanted()).containsExactly(1L);

        var next = store.admit(2L);
        assertThat(next.held()).isEmpty();
        assertThat(next.wanted()).containsExactly(2L);
        assertThat(ann.told).isEmpty();
        assertThat(bob.told).containsExactly("0");
    }

    @Test
    void withoutStoreTheShareIsUsed() {
        store.servers = 2;
        runtime.advance(Duration.ofSeconds(3));
        store.reply();
        runtime.advance(Duration.ofSeconds(3));
        store.fail();
        assertThat(budget.isAlone()).isTrue();

        var third = new Caller();
        assertThat(budget.enter(new Caller())).isEqualTo(Answer.ADMITTED);
        assertThat(budget.enter(new Caller())).isEqualTo(Answer.ADMITTED);
        assertThat(budget.enter(third)).isEqualTo(Answer.WAITING);
        assertThat(third.told).containsExactly("1");
        assertThat(budget.enter(new Caller())).isEqualTo(Answer.WAITING);
        assertThat(budget.enter(new Caller())).as("a share of the line, too").isEqualTo(Answer.FULL);
        while (!store.asked.isEmpty()) {
            store.fail();
        }

        runtime.advance(SECOND);
        var told = store.admit(3L);
        assertThat(told.held()).containsExactly(1L, 2L);
        assertThat(third.told).containsExactly("1", "0");
        assertThat(budget.isAlone()).isFalse();
    }

    @Test
    void oneIsAdmittedWhereTheShareIsLessThanOne() {
        store.servers = 9;
        runtime.advance(Duration.ofSeconds(3));
        store.reply();
        runtime.advance(Duration.ofSeconds(3));
        store.fail();

        assertThat(budget.enter(new Caller())).isEqualTo(Answer.ADMITTED);
        assertThat(budget.enter(new Caller())).isEqualTo(Answer.WAITING);
        store.fail();
    }

    @Test
    void lateReplyOfASlowStoreIsIgnored() {
        var ann = new Caller();
        budget.enter(ann);
        runtime.advance(Duration.ofSeconds(2));
        assertThat(ann.told).containsExactly("0");

        runtime.advance(Duration.ofMinutes(5));
        store.reply(Set.of(), Map.of(), Set.of(1L), Spent.NOTHING);

        assertThat(ann.told).containsExactly("0");
        assertThat(budget.isAlone()).isTrue();
        assertThat(store.reply().held()).containsExactly(1L);
        assertThat(budget.isAlone()).isFalse();
    }

    @Test
    void spendingOfAllServersIsSummed() {
        budget.spend(VISITOR, new Spent(100, 0.5));
        budget.spend(VISITOR, new Spent(20, 0.25));
        assertThat(budget.today()).isEqualTo(new Spent(120, 0.75));
        runtime.advance(SECOND);

        var request = store.reply(Set.of(), Map.of(), Set.of(), new Spent(1_120, 2.75));

        assertThat(request.spent()).isEqualTo(new Spent(120, 0.75));
        assertThat(budget.today()).isEqualTo(new Spent(1_120, 2.75));
        budget.spend(VISITOR, new Spent(1, 0));
        assertThat(budget.today().tokens()).isEqualTo(1_121);
    }

    @Test
    void withoutStoreSpendingCountsForEachServer() {
        store.servers = 3;
        budget.spend(VISITOR, new Spent(100, 0));
        runtime.advance(SECOND);
        store.reply(Set.of(), Map.of(), Set.of(), new Spent(500, 0));
        runtime.advance(Duration.ofSeconds(3));
        store.fail();

        budget.spend(VISITOR, new Spent(10, 0));
        assertThat(budget.today().tokens()).isEqualTo(530);

        runtime.advance(SECOND);
        assertThat(store.reply(Set.of(), Map.of(), Set.of(), new Spent(510, 0)).spent().tokens())
                .isEqualTo(110);
        assertThat(budget.today().tokens()).isEqualTo(510);
    }

    @Test
    void newDayBeginsWithNothing() {
        budget.spend(VISITOR, new Spent(100, 0));
        runtime.advance(SECOND);
        store.reply(Set.of(), Map.of(), Set.of(), new Spent(100, 0));

        runtime.advance(Duration.ofHours(12));

        assertThat(budget.today()).isEqualTo(Spent.NOTHING);
        var old = store.reply(Set.of(), Map.of(), Set.of(), new Spent(100, 0));
        assertThat(old.day()).isEqualTo("2026-01-01");
        assertThat(budget.today()).isEqualTo(Spent.NOTHING);
        assertThat(store.reply().day()).isEqualTo("2026-01-02");
    }

    @Test
    void drainingServerAsksForNoPlace() {
        var ann = new Caller();
        budget.enter(ann);
        store.reply(Set.of(), Map.of(1L, 1), Set.of(), Spent.NOTHING);
        places = 0;
        runtime.advance(SECOND);

        assertThat(store.reply().wanted()).isEmpty();

        assertThat(ann.told).containsExactly("1");
        assertThat(budget.waiting()).isEqualTo(1);
    }
}
