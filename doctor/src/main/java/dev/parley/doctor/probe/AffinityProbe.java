package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Habit;
import dev.parley.doctor.evidence.Failure;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.Http;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Opens a dozen sessions and sends a POST and a GET to each. A server that does not know the session says so, and then there are several
 * servers and nothing that leads a request to the right one. Sessions are closed afterwards.
 */
public record AffinityProbe(Habit habit) implements Probe {

    private static final Duration HANGS = Duration.ofMillis(1_500);

    /** What one session met. */
    private record Attempt(int requests, int lost, int failed, Set<String> cookies, int closed,
            Optional<Outcome> failure) {}

    @Override
    public String title() {
        return switch (habit) {
            case NEW_CONNECTIONS -> "Affinity on new connections";
            case COOKIES -> "Affinity with cookies";
            case KEEP_ALIVE -> "Affinity on one connection";
        };
    }

    @Override
    public List<Evidence> examine(Caller caller) throws InterruptedException {
        var attempts = new ArrayList<Attempt>();
        var tasks = new ArrayList<Callable<Attempt>>();
        for (int i = 0; i < caller.plan().sessions(); i++) {
            tasks.add(() -> attempt(caller));
        }
        try (var threads = Executors.newFixedThreadPool(caller.plan().atOnce(),
                Thread.ofVirtual().factory())) {
            for (Future<Attempt> done : threads.invokeAll(tasks)) {
                attempts.add(done.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        var cookies = new TreeSet<String>();
        attempts.forEach(attempt -> cookies.addAll(attempt.cookies()));
        return List.of(new Evidence.Affinity(habit, attempts.size(),
                attempts.stream().mapToInt(Attempt::requests).sum(),
                attempts.stream().mapToInt(Attempt::lost).sum(),
                attempts.stream().mapToInt(Attempt::failed).sum(), cookies,
                attempts.stream().mapToInt(Attempt::closed).sum(),
                attempts.stream().flatMap(attempt -> attempt.failure().stream()).findFirst()));
    }

    private Attempt attempt(Caller caller) {
        var jar = new Jar();
        try (var way = new Way(caller, habit == Habit.KEEP_ALIVE)) {
            var opened = way.send(
                    Request.get(caller.target().target(caller.revision(), "polling", Optional.empty())));
            var handshake = opened.answer().flatMap(answer -> Handshake.read(answer.text()));
            if (handshake.isEmpty()) {
                return new Attempt(0, 0, 1, Set.of(), way.closed, Optional.of(opened));
            }
            var cookies = opened.answer().map(Answer::headers).orElseThrow();
            if (habit == Habit.COOKIES) {
                jar.keep(cookies);
            }
            String address = caller.target()
                    .target(caller.revision(), "polling", Optional.of(handshake.get().sid()));
            // Said first, so that the GET has an answer to fetch; a namespace that nobody serves is refused and does no harm.
            var post = way.send(jar.on(Request.post(address, message(caller))));
            // What the end of the whole examination cuts off says nothing of the server.
            boolean cut = failed(post) && caller.timeIsUp();
            // After a POST that went astray the GET, if it is not lost too, has nothing to fetch: that it hangs tells enough.
            boolean astray = post.answer().isPresent() && !post.hasStatus(200);
            var get = way.send(jar.on(Request.get(address)), astray ? HANGS : caller.answer());
            boolean hangs = astray
                    && get.failure().filter(why -> why.kind() == Failure.Kind.TIMEOUT).isPresent();
            cut |= !failed(post) && failed(get) && !hangs && caller.timeIsUp();
            if (cut) {
                return new Attempt(0, 0, 0, Set.of(), way.closed, Optional.empty());
            }
            int lost = (lost(post) ? 1 : 0) + (lost(get) ? 1 : 0);
            var failed = (hangs ? Stream.of(post) : Stream.of(post, get)).filter(AffinityProbe::failed)
                    .toList();
            var unused = way.send(jar
                    .on(Request.post(address, Packets.write(caller.revision(), new EnginePacket.Close()))));
            return new Attempt(2, lost, failed.size(), Set.copyOf(cookies.cookieNames()), way.closed,
                    failed.stream().findFirst());
        }
    }

    private static String message(Caller caller) {
        return Packets.write(caller.revision(), new EnginePacket.Message(Echo.question(0)));
    }

    /** The reference server says code 1; some others answer with an empty 500. */
    private static boolean lost(Outcome outcome) {
        return outcome.answer()
                .filter(answer -> answer.hasEngineCode(1)
                        || (answer.status() == 500 && answer.body().length == 0))
                .isPresent();
    }

    private static boolean failed(Outcome outcome) {
        return !lost(outcome) && !outcome.hasStatus(200);
    }

    /** How one session's requests travel. Used by one thread. */
    private static final class Way implements AutoCloseable {
        private final Caller caller;
        private final boolean kept;
        private Optional<Http> http = Optional.empty();
        private int closed;

        private Way(Caller caller, boolean kept) {
            this.caller = caller;
            this.kept = kept;
        }

        private Outcome send(Request request) {
            return send(request, caller.answer());
        }

        private Outcome send(Request request, Duration most) {
            Duration timeout = Caller.shorter(most, caller.answer());
            if (!kept) {
                return caller.call(request, timeout);
            }
            if (!timeout.isPositive()) {
                return new Outcome.Failed(new Failure(Failure.Kind.TIMEOUT, ""), Duration.ZERO);
            }
            try {
                if (http.isEmpty() || !http.get().reusable()) {
                    closed += http.isEmpty() ? 0 : 1;
                    close();
                    http = Optional.of(caller.open(timeout));
                }
                return caller.call(http.get(), request, Caller.shorter(timeout, caller.answer()));
            } catch (WireException e) {
                return new Outcome.Failed(e.failure(), Duration.ZERO);
            }
        }

        @Override
        public void close() {
            http.ifPresent(open -> open.line().close());
        }
    }
}
