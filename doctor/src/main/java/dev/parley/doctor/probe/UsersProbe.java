package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** {@value #USERS} users at once, on the transports in turn that there are: all connect, and then each has a round trip. */
public record UsersProbe(boolean polling, boolean webSocket) implements Probe {
    static final int USERS = 6;

    @Override
    public String title() {
        return "Several users at once";
    }

    @Override
    public List<Evidence> examine(Caller caller) throws InterruptedException {
        var together = new CyclicBarrier(USERS);
        var visits = new ArrayList<Future<Duration>>();
        int served = 0;
        var slowest = Duration.ZERO;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < USERS; i++) {
                boolean onSocket = webSocket && (!polling || i % 2 == 1);
                visits.add(threads.submit(() -> visit(caller, onSocket, together)));
            }
            for (Future<Duration> visit : visits) {
                try {
                    var took = visit.get();
                    served++;
                    slowest = took.compareTo(slowest) > 0 ? took : slowest;
                } catch (ExecutionException _notServed) {
                    // Counted by its absence.
                }
            }
        }
        return List.of(new Evidence.Users(USERS, served, slowest));
    }

    private static Duration visit(Caller caller, boolean onSocket, CyclicBarrier together) throws Exception {
        try (Session session = Session.open(caller, onSocket)) {
            together.await(Math.max(0, caller.answer().toMillis()), TimeUnit.MILLISECONDS);
            long begun = System.nanoTime();
            session.say(Echo.question(1));
            if (session.await(caller.answer(), "4" + Echo.NAMESPACE, "0" + Echo.NAMESPACE) == null) {
                throw PollingSession.late();
            }
            return Caller.since(begun);
        }
    }
}
