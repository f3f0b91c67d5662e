package dev.parley.calls.admission;

import dev.parley.calls.visitor.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The budget of one server: those who find no place wait in line, first come first served. The spending of the day is kept in a file, which is
 * written ten seconds at most after it changed, so that a process that is killed loses no more. Thread-safe; waits for the file in {@link #close}
 * only. Waiters are called outside the lock.
 */
public final class LocalBudget implements CallBudget {

    /** Time between a change of the spending and its writing; the rest of the ten seconds is for a slow disk. */
    private static final Duration WRITE_DELAY = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    /** Held while the file is written, and never inside the other. */
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Waiter> line = new ArrayList<>();
    private final Set<Waiter> admitted = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Terms terms;
    private final Optional<DayFile> file;
    private LocalDate day;
    private Spent spent;
    private final UserSums users;
    /** Whether the file is to be written. */
    private boolean unsaved;

    private Runnable cancelWrite = () -> {};

    private LocalBudget(Terms terms, Optional<DayFile> file) {
        this.terms = terms;
        this.file = file;
        this.users = new UserSums(terms.networks());
        this.day = now();
        var kept = file.map(known -> known.read(day)).orElse(DayFile.Day.EMPTY);
        this.spent = kept.spent();
        users.restore(kept.users());
    }

    /**
     * Returns a budget that keeps the spending of the day in this file.
     *
     * @throws UnknownSpendingException if the file does not say what was spent
     */
    public static LocalBudget keptIn(Path file, Terms terms) {
        return new LocalBudget(terms, Optional.of(new DayFile(file)));
    }

    /** Returns a budget that forgets the spending with the process. */
    public static LocalBudget unkept(Terms terms) {
        return new LocalBudget(terms, Optional.empty());
    }

    @Override
    public Answer enter(Waiter waiter) {
        int position;
        lock.lock();
        try {
            if (line.isEmpty() && admitted.size() < terms.places().getAsInt()) {
                admitted.add(waiter);
                return Answer.ADMITTED;
            }
            if (line.size() >= terms.maxWaiting()) {
                return Answer.FULL;
            }
            line.add(waiter);
            position = line.size();
        } finally {
            lock.unlock();
        }
        waiter.number(position);
        return Answer.WAITING;
    }

    @Override
    public void leave(Waiter waiter) {
        var now = new ArrayList<Waiter>();
        boolean moved;
        lock.lock();
        try {
            moved = line.remove(waiter);
            boolean had = admitted.remove(waiter);
            if (had && admitted.isEmpty() && unsaved) {
                cancelWrite.run(); // nothing is spent for the time being
                terms.executor().execute(this::write);
            }
            if (had) {
                while (!line.isEmpty() && admitted.size() < terms.places().getAsInt()) {
                    var next = line.removeFirst();
                    admitted.add(next);
                    now.add(next);
                }
            }
        } finally {
            lock.unlock();
        }
        now.forEach(next -> next.number(0));
        if (moved || !now.isEmpty()) {
            tellAll();
        }
    }

    @Override
    public int open() {
        lock.lock();
        try {
            return admitted.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void spend(Visitor visitor, Spent more) {
        lock.lock();
        try {
            roll();
            spent = spent.plus(more);
            users.add(visitor, more);
            if (!unsaved && file.isPresent()) {
                unsaved = true;
                cancelWrite = terms.alarm().in(WRITE_DELAY, () -> terms.executor().execute(this::write));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Spent today() {
        lock.lock();
        try {
            roll();
            return spent;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        write();
    }

    @Override
    public Spent today(Visitor visitor) {
        lock.lock();
        try {
            roll();
            return users.of(visitor);
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        writing.lock();
        try {
            DayFile.Day now;
            LocalDate today;
            lock.lock();
            try {
                if (!unsaved) {
                    return;
                }
                unsaved = false;
                cancelWrite.run();
                now = new DayFile.Day(spent, users.all());
                today = day;
            } finally {
                lock.unlock();
            }
            file.ifPresent(kept -> kept.write(today, now));
        } finally {
            writing.unlock();
        }
    }

    private void tellAll() {
        List<Waiter> now;
        lock.lock();
        try {
            now = List.copyOf(line);
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < now.size(); i++) {
            now.get(i).number(i + 1);
        }
    }

    private void roll() {
        var today = now();
        if (!today.equals(day)) {
            day = today;
            spent = Spent.NOTHING;
            users.clear();
        }
    }

    private LocalDate now() {
        return terms.clock().instant().atZone(terms.zone()).toLocalDate();
    }
}
