package dev.parley.calls.admission;

import dev.parley.calls.visitor.Visitor;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A budget in which no user, and no address, takes more than its part: conversations at once with those that wait in line, starts in a minute, and
 * time in a day. A conversation whose user is away makes room for another one of the same user, as after a page was loaded again. Counts those of this server. Keeps at most {@value #MOST} users and addresses that have no conversation; then it forgets the one that
 * was here longest ago. Thread-safe; waiters are called outside the lock.
 */
public final class VisitorBudget implements CallBudget {

    static final int MOST = 10_000;

    private final CallBudget budget;
    private final VisitorLimits limits;
    private final Terms terms;
    private final TimeMeter time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Share> shares = new LinkedHashMap<>(16, 0.75f, true);
    private final IdentityHashMap<Waiter, Place> places = new IdentityHashMap<>();

    /** What a user or an address has. */
    private static final class Share {
        private final Bucket starts;
        private int open;
        private LocalDate day = LocalDate.MIN;
        private Duration used = Duration.ZERO;

        private Share(Bucket starts) {
            this.starts = starts;
        }
    }

    /** A share with what this visitor may have of it. */
    private record Part(Share share, int most, Duration time) {}

    /** A place that was asked for, between the waiter and the budget. */
    private final class Place implements Waiter {
        private final Waiter waiter;
        private final List<Part> parts;
        private Instant since = Instant.MAX;
        private Runnable cancel = () -> {};
        private boolean left;
        private boolean counted = true;

        private Place(Waiter waiter, List<Part> parts) {
            this.waiter = waiter;
            this.parts = parts;
            parts.forEach(part -> part.share().open++);
        }

        /** Counts no longer as a conversation of its user. */
        private void uncount() {
            if (counted) {
                counted = false;
                parts.forEach(part -> part.share().open--);
            }
        }

        @Override
        public void number(int position) {
            if (position == 0) {
                began(this);
            }
            waiter.number(position);
        }

        @Override
        public void full() {
            waiter.full();
        }

        @Override
        public Visitor visitor() {
            return waiter.visitor();
        }

        @Override
        public boolean continues() {
            return waiter.continues();
        }

        @Override
        public String formerPlace() {
            return waiter.formerPlace();
        }
    }

    public VisitorBudget(CallBudget budget, VisitorLimits limits, Terms terms) {
        this.budget = budget;
        this.limits = limits;
        this.terms = terms;
        this.time = new Elapsed(terms.clock());
    }

    @Override
    public Answer enter(Waiter waiter) {
        Place place;
        var yielding = new ArrayList<Place>();
        lock.lock();
        try {
            List<Part> parts = parts(waiter.visitor());
            Answer refusal = waiter.continues() ? Answer.ADMITTED : refusal(parts, yielding);
            if (refusal != Answer.ADMITTED) {
                return refusal;
            }
            yielding.forEach(Place::uncount);
            place = new Place(waiter, parts);
            places.put(waiter, place);
        } finally {
            lock.unlock();
        }
        yielding.forEach(away -> away.waiter.giveWay());
        Answer answer = budget.enter(place);
        if (answer == Answer.ADMITTED) {
            began(place);
        } else if (answer != Answer.WAITING) {
            leave(waiter);
        }
        return answer;
    }

    @Override
    public void leave(Waiter waiter) {
        Place place;
        lock.lock();
        try {
            place = places.remove(waiter);
            if (place == null) {
                return;
            }
            place.left = true;
            place.cancel.run();
            Instant now = terms.clock().instant();
            Duration took = place.since.isBefore(now) ? Duration.between(place.since, now) : Duration.ZERO;
            place.uncount();
            for (Part part : place.parts) {
                part.share().used = used(part.share()).plus(took);
            }
        } finally {
            lock.unlock();
        }
        budget.leave(place);
    }

    @Override
    public String name(Waiter waiter) {
        lock.lock();
        try {
            Place place = places.get(waiter);
            return place == null ? "" : budget.name(place);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int open() {
        return budget.open();
    }

    @Override
    public int waiting() {
        return budget.waiting();
    }

    @Override
    public void spend(Visitor visitor, Spent more) {
        budget.spend(visitor, more);
    }

    @Override
    public Spent today() {
        return budget.today();
    }

    @Override
    public Spent today(Visitor visitor) {
        return budget.today(visitor);
    }

    @Override
    public void close() {
        budget.close();
    }

    /** The waiter has its place: its time runs, and ends it when the day's is used up. */
    private void began(Place place) {
        lock.lock();
        try {
            if (place.left) {
                return;
            }
            place.since = terms.clock().instant();
            place.parts.stream()
                    .filter(part -> !part.time().isZero())
                    .map(part -> part.time().minus(used(part.share())))
                    .min(Duration::compareTo)
                    .ifPresent(left -> place.cancel = terms.alarm()
                            .in(left.isNegative() ? Duration.ZERO : left, place.waiter::timeOver));
        } finally {
            lock.unlock();
        }
    }

    /** @param yielding gets the conversations, whose user is away, that make room for this one */
    private Answer refusal(List<Part> parts, List<Place> yielding) {
        for (Part part : parts) {
            if (part.most() > 0 && part.share().open >= part.most()) {
                Optional<Place> away = places.values()
                        .stream()
                        .filter(place -> place.counted && place.waiter.isAway()
                                && place.parts.stream().anyMatch(one -> one.share() == part.share()))
                        .findFirst();
                if (away.isEmpty()) {
                    return Answer.TOO_MANY;
                }
                yielding.add(away.get());
            }
            if (!part.time().isZero() && used(part.share()).compareTo(part.time()) >= 0) {
                return Answer.TIME_OVER;
            }
        }
        for (Part part : parts) {
            if (limits.startsPerMinute() > 0 && !part.share().starts.tryConsume(1)) {
                return Answer.TOO_OFTEN;
            }
        }
        return Answer.ADMITTED;
    }

    private List<Part> parts(Visitor visitor) {
        var parts = new ArrayList<Part>();
        if (!visitor.user().isEmpty()) {
            parts.add(new Part(share("user " + visitor.user(), limits.startsPerMinute()), limits.perUser(),
                    limits.timePerDay()));
        }
        if (!visitor.address().isEmpty()) {
            parts.add(new Part(
                    share((visitor.authenticated() ? "known " : "") + "address "
                            + terms.networks().apply(visitor.address()), limits.startsAtAddress(visitor)),
                    limits.atAddress(visitor), limits.timeAtAddress(visitor)));
        }
        return parts;
    }

    private Share share(String key, int starts) {
        Share known = shares.get(key);
        if (known != null) {
            return known;
        }
        if (shares.size() >= MOST) {
            for (Iterator<Share> eldest = shares.values().iterator(); eldest.hasNext();) {
                if (eldest.next().open == 0) {
                    eldest.remove();
                    break;
                }
            }
        }
        int most = Math.max(1, starts);
        var share = new Share(Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, Duration.ofMinutes(1)))
                .build());
        shares.put(key, share);
        return share;
    }

    private Duration used(Share share) {
        LocalDate today = terms.clock().instant().atZone(terms.zone()).toLocalDate();
        if (!share.day.equals(today)) {
            share.day = today;
            share.used = Duration.ZERO;
        }
        return share.used;
    }
}
