package dev.parley.calls.admission;

import dev.parley.calls.admission.BudgetExchange.Reply;
import dev.parley.calls.admission.BudgetExchange.Request;
import dev.parley.calls.visitor.Visitor;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server's part of a budget that the servers of a cluster share. One {@linkplain BudgetExchange exchange} is under way at a time: at once
 * when a place is wanted or given back, every second while somebody waits or spends, and every three seconds otherwise. Who asks for a place
 * waits for a round trip.
 *
 * <p>
 * If no reply comes within two seconds, the server is alone: it admits up to its share, the places divided by the last known number of servers
 * but at least one, and counts what it spends as many times as there are servers. The store learns of both as soon as it replies again.
 *
 * <p>
 * Thread-safe; waits in {@link #close} only. Waiters are called outside the lock.
 */
public final class SharedBudget implements CallBudget {

    private static final Logger LOG = LoggerFactory.getLogger(SharedBudget.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(3);

    private final ReentrantLock lock = new ReentrantLock();
    private final Terms terms;
    private final BudgetExchange exchange;
    private final BudgetShare share;
    /** Of this server only. */
    private final UserSums users;
    private LocalDate usersDay = LocalDate.MIN;
    /** The number of the last exchange, whose reply is taken if it comes in time. */
    private long number;
    private boolean asking;
    private boolean late;
    private boolean changed;
    private boolean unsaid;
    private boolean closed;
    private Runnable cancelTick = () -> {};
    private Runnable cancelTimeout = () -> {};

    private SharedBudget(Terms terms, BudgetExchange exchange) {
        this.terms = terms;
        this.exchange = exchange;
        this.users = new UserSums(terms.networks());
        this.share = new BudgetShare(terms.maxWaiting(), today(terms));
    }

    /** Returns this server's part, and begins to exchange it. */
    public static SharedBudget join(Terms terms, BudgetExchange exchange) {
        var budget = new SharedBudget(terms, exchange);
        budget.exchange();
        return budget;
    }

    @Override
    public Answer enter(Waiter waiter) {
        int places = terms.places().getAsInt();
        List<Runnable> notifications;
        lock.lock();
        try {
            if (!share.enter(waiter, places)) {
                return Answer.FULL;
            }
            notifications = share.admit(places);
            if (share.holds(waiter)) {
                return Answer.ADMITTED; // nobody waited before it, so nobody is told anything
            }
            changed = true;
        } finally {
            lock.unlock();
        }
        notifications.forEach(Runnable::run);
        exchange();
        return Answer.WAITING;
    }

    @Override
    public void leave(Waiter waiter) {
        List<Runnable> notifications;
        lock.lock();
        try {
            if (!share.leave(waiter)) {
                return;
            }
            notifications = share.admit(terms.places().getAsInt());
            changed = true;
        } finally {
            lock.unlock();
        }
        notifications.forEach(Runnable::run);
        exchange();
    }

    @Override
    public String name(Waiter waiter) {
        lock.lock();
        try {
            return share.id(waiter).map(exchange::name).orElse("");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int open() {
        lock.lock();
        try {
            return share.open();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int waiting() {
        lock.lock();
        try {
            return share.waiting();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void spend(Visitor visitor, Spent more) {
        lock.lock();
        try {
            rollUsers();
            users.add(visitor, more);
            share.spend(more, today(terms));
            if (!unsaid && !asking) {
                tickIn(BUSY);
            }
            unsaid = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Spent today() {
        lock.lock();
        try {
            return share.spent(today(terms));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Spent today(Visitor visitor) {
        lock.lock();
        try {
            rollUsers();
            return users.of(visitor);
        } finally {
            lock.unlock();
        }
    }

    private void rollUsers() {
        LocalDate today = today(terms);
        if (!today.equals(usersDay)) {
            usersDay = today;
            users.clear();
        }
    }

    /** Whether the store does not reply, so that this server uses its share. */
    public boolean isAlone() {
        lock.lock();
        try {
            return share.isAlone();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Request last;
        lock.lock();
        try {
            closed = true;
            cancelTick.run();
            cancelTimeout.run();
            last = share.request(0, today(terms));
        } finally {
            lock.unlock();
        }
        asked(() -> exchange.leave(last.day(), last.spent())).handle((done, failure) -> true)
                .completeOnTimeout(false, 1, TimeUnit.SECONDS)
                .join();
    }

    /** Tells the store the state. If it is being told, then again as soon as it has replied. */
    private void exchange() {
        Request request;
        long mine;
        int places = terms.places().getAsInt();
        lock.lock();
        try {
            if (closed || asking) {
                return;
            }
            asking = true;
            late = false;
            changed = false;
            unsaid = false;
            mine = ++number;
            request = share.request(places, today(terms));
            cancelTick.run();
            cancelTimeout = terms.alarm().in(TIMEOUT, () -> timeout(mine));
        } finally {
            lock.unlock();
        }
        var unused = asked(() -> exchange.exchange(request))
                .whenComplete((reply, failure) -> done(request, failure == null ? reply : null));
    }

    private static <T> CompletableFuture<T> asked(Supplier<CompletionStage<T>> store) {
        try {
            return store.get().toCompletableFuture();
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    /** The store has not replied in time. It is not asked again before it does, or the connection to it ends. */
    private void timeout(long overdue) {
        List<Runnable> notifications;
        lock.lock();
        try {
            if (closed || !asking || number != overdue) {
                return;
            }
            late = true;
            notifications = leftAlone();
        } finally {
            lock.unlock();
        }
        notifications.forEach(Runnable::run);
    }

    private void done(Request request, @Nullable Reply reply) {
        List<Runnable> notifications = List.of();
        boolean again;
        lock.lock();
        try {
            asking = false;
            cancelTimeout.run();
            if (closed) {
                return;
            }
            if (reply == null) {
                notifications = leftAlone();
            } else if (!late) {
                if (share.isAlone()) {
                    LOG.info("Redis replies again: the budget of conversations is that of all servers");
                }
                notifications = share.on(request, reply);
            }
            // A late reply was true before this server was alone: ask the store again.
            again = reply != null && (late || changed);
            if (!again) {
                tickIn(reply == null || unsaid || share.waiting() > 0 ? BUSY : IDLE);
            }
        } finally {
            lock.unlock();
        }
        notifications.forEach(Runnable::run);
        if (again) {
            exchange();
        }
    }

    private List<Runnable> leftAlone() {
        if (!share.isAlone()) {
            LOG.warn("Redis has not replied for 2 s: this server admits its share of conversations");
        }
        return share.alone(terms.places().getAsInt());
    }

    private void tickIn(Duration delay) {
        if (!closed) {
            cancelTick.run();
            cancelTick = terms.alarm().in(delay, this::exchange);
        }
    }

    private static LocalDate today(Terms terms) {
        return terms.clock().instant().atZone(terms.zone()).toLocalDate();
    }
}
