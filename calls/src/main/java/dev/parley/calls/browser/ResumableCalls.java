package dev.parley.calls.browser;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a browser can come back to, each under a token of 192 random bits that only its browser knows, and those whose browser is
 * away. The number of calls that wait is limited; the one that waits longest is given up first. Thread-safe; never waits.
 *
 * @param <C> a call
 */
public final class ResumableCalls<C> {

    private final Map<String, C> byToken = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<C> away = new LinkedHashSet<>();
    private final Duration timeout;
    private final int limit;
    private final Consumer<C> giveUp;
    private volatile ResumeTokens tokens = ResumeTokens.unsigned();

    /** One call's place among the resumable calls. Belongs to the call's owner. */
    public interface Place {

        /** How long the call waits for its browser; zero is not at all. */
        Duration timeout();

        /** Makes the token by which a browser finds the call again. */
        String offer();

        /** Makes the call findable by the token that it had at another server. */
        void adopt(String token);

        /** The call's browser is away. */
        void away();

        /** The call's browser is back. */
        void back();

        /** The call is over. */
        void over();
    }

    /**
     * Begins without calls.
     *
     * @param timeout how long a call waits for its browser; zero is not at all
     * @param limit   maximum number of calls that wait
     * @param giveUp  ends a call that waits; never waits itself
     */
    public ResumableCalls(Duration timeout, int limit, Consumer<C> giveUp) {
        this.timeout = timeout;
        this.limit = limit;
        this.giveUp = giveUp;
    }

    /** Sets how tokens are made from now on. */
    public void tokens(ResumeTokens made) {
        tokens = made;
    }

    /** Whether a server with the same secret has made this token. */
    public boolean isGenuine(String token) {
        return tokens.isGenuine(token);
    }

    public Place place(C call) {
        return new CallPlace(call);
    }

    public Optional<C> find(String token) {
        return Optional.ofNullable(byToken.get(token));
    }

    /** Gives up the call that waits longest, since another call needs its place. */
    public void giveWay() {
        List<C> waiting = waiting();
        if (!waiting.isEmpty()) {
            giveUp.accept(waiting.getFirst());
        }
    }

    /** Gives up all calls that wait. */
    public void giveUpAll() {
        waiting().forEach(giveUp);
    }

    /** The number of calls that wait for their browser. */
    public int away() {
        lock.lock();
        try {
            return away.size();
        } finally {
            lock.unlock();
        }
    }

    private List<C> waiting() {
        lock.lock();
        try {
            return List.copyOf(away);
        } finally {
            lock.unlock();
        }
    }

    private final class CallPlace implements Place {

        private final C call;
        private @Nullable String token;

        private CallPlace(C call) {
            this.call = call;
        }

        @Override
        public Duration timeout() {
            return timeout;
        }

        @Override
        public String offer() {
            String made = tokens.make();
            adopt(made);
            return made;
        }

        @Override
        public void adopt(String known) {
            token = known;
            byToken.put(known, call);
        }

        @Override
        public void away() {
            lock.lock();
            try {
                away.add(call);
            } finally {
                lock.unlock();
            }
            if (ResumableCalls.this.away() > limit) {
                giveWay();
            }
        }

        @Override
        public void back() {
            lock.lock();
            try {
                away.remove(call);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void over() {
            back();
            if (token != null) {
                byToken.remove(token, call);
            }
        }
    }
}
