package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.ProbeSession;
import dev.parley.doctor.session.SessionEndedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Connects {@value #USERS} users at once, alternating between the available transports, and measures a round trip of each. */
public record UsersProbe(boolean polling, boolean webSocket) implements Probe {
    static final int USERS = 6;

    @Override
    public String title() {
        return "Several users at once";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        var together = new CyclicBarrier(USERS);
        var visits = new ArrayList<Future<Duration>>();
        int served = 0;
        boolean refused = false;
        var slowest = Duration.ZERO;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < USERS; i++) {
                boolean onSocket = webSocket && (!polling || i % 2 == 1);
                visits.add(threads.submit(() -> visit(client, onSocket, together)));
            }
            for (Future<Duration> visit : visits) {
                try {
                    var took = visit.get();
                    served++;
                    slowest = took.compareTo(slowest) > 0 ? took : slowest;
                } catch (ExecutionException notServed) {
                    refused |= notServed.getCause() instanceof SessionEndedException ended
                            && !ended.outcome().isSilence();
                }
            }
        }
        return List.of(new Evidence.Users(USERS, served, slowest, served < USERS && !refused));
    }

    private static Duration visit(ProbeClient client, boolean onSocket, CyclicBarrier together)
            throws Exception {
        try (ProbeSession session = ProbeSession.open(client, onSocket)) {
            together.await(Math.max(0, client.responseTimeout().toMillis()), TimeUnit.MILLISECONDS);
            long begun = System.nanoTime();
            if (!EchoMessages.roundTrip(session, client)) {
                throw SessionEndedException.timedOut();
            }
            return ProbeClient.elapsedSince(begun);
        }
    }
}
