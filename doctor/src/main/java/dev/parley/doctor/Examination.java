package dev.parley.doctor;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Habit;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Result;
import dev.parley.doctor.probe.AffinityProbe;
import dev.parley.doctor.probe.CadenceProbe;
import dev.parley.doctor.probe.Caller;
import dev.parley.doctor.probe.CompressionProbe;
import dev.parley.doctor.probe.ConnectProbe;
import dev.parley.doctor.probe.CorsProbe;
import dev.parley.doctor.probe.Deadline;
import dev.parley.doctor.probe.GreetingProbe;
import dev.parley.doctor.probe.HealthProbe;
import dev.parley.doctor.probe.IdleProbe;
import dev.parley.doctor.probe.PayloadProbe;
import dev.parley.doctor.probe.Plan;
import dev.parley.doctor.probe.PollingProbe;
import dev.parley.doctor.probe.Probe;
import dev.parley.doctor.probe.ReachProbe;
import dev.parley.doctor.probe.ReadyProbe;
import dev.parley.doctor.probe.ReconnectProbe;
import dev.parley.doctor.probe.RedirectProbe;
import dev.parley.doctor.probe.Target;
import dev.parley.doctor.probe.UpgradeProbe;
import dev.parley.doctor.probe.UsersProbe;
import dev.parley.doctor.probe.WebSocketProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** One examination of one server, from the name to the audio, within the limits of its plan. Used by one thread. */
public final class Examination {
    private static final int MOST_HOPS = 3;

    private final Plan plan;
    private final InstantSource clock;
    private final Watcher watcher;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Result.Step> steps = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final long begun = System.nanoTime();
    private final Deadline deadline;

    /** Is told what is going on. Called by the examining thread. */
    public interface Watcher {
        void begins(String title);

        /** Something that waits beside the rest. */
        void waits(String title, Duration atMost);
    }

    /** A probe that runs beside the others. */
    private record Waiting(Probe probe, FutureTask<List<Evidence>> task, Duration from) {}

    public Examination(Plan plan, InstantSource clock, Watcher watcher) {
        this.plan = plan;
        this.clock = clock;
        this.watcher = watcher;
        this.deadline = Deadline.in(plan.total());
    }

    public Result examine(Target asked) throws InterruptedException {
        var startedAt = clock.instant();
        var caller = reach(asked);
        if (caller != null) {
            caller = follow(caller);
        }
        if (caller != null) {
            examine(caller);
        }
        var file = new CaseFile(asked.url(), evidence);
        return new Result(asked.url(), startedAt, now(), plan.quick(), file, steps,
                caller == null ? 0 : caller.load().connections(),
                caller == null ? 0 : caller.load().requests());
    }

    private @Nullable Caller reach(Target target) throws InterruptedException {
        watcher.begins("Reaching " + target.endpoint().authority());
        var from = now();
        var reached = ReachProbe.examine(target.endpoint(), plan.answer(), deadline, clock);
        steps.add(new Result.Step("Name, TCP, TLS", from, now()));
        evidence.add(reached.evidence());
        return reached.address() == null ? null : Caller.start(target, reached.address(), plan, deadline);
    }

    private @Nullable Caller follow(Caller first) throws InterruptedException {
        var hops = new ArrayList<Evidence.Hop>();
        @Nullable Caller caller = first;
        while (caller != null && hops.size() < MOST_HOPS) {
            var redirect = RedirectProbe.examine(caller);
            if (redirect.isEmpty()) {
                break;
            }
            hops.add(redirect.get().hop());
            var onward = redirect.get().onward();
            if (caller.target().entrusts() && onward.filter(target -> !target.entrusts()).isPresent()) {
                evidence.add(new Evidence.Skipped("what lies behind the redirect, with your credentials",
                        "it leads to another host, or away from TLS: they were not sent there"));
            }
            caller = onward.isPresent() ? reach(onward.get()) : null;
        }
        evidence.add(new Evidence.Redirected(hops));
        return caller;
    }

    private void examine(Caller caller) throws InterruptedException {
        if (plan.health().isPresent()) {
            run(caller, new HealthProbe(plan.health().get()));
        }
        run(caller, new ReadyProbe());
        run(caller, new PollingProbe(4));
        run(caller, new PollingProbe(3));
        var file = new CaseFile("", evidence);
        var four = file.polling(4).flatMap(Evidence.Polling::handshake);
        var three = file.polling(3).flatMap(Evidence.Polling::handshake);
        if (four.isPresent()) {
            sessions(caller, four.get());
        } else if (three.isPresent()) {
            old(caller.speaking(3));
        } else {
            run(caller, new WebSocketProbe());
            var socket = new CaseFile("", evidence).first(Evidence.WebSocket.class)
                    .flatMap(Evidence.WebSocket::handshake);
            if (socket.isPresent()) {
                withoutPolling(caller, socket.get());
            }
        }
    }

    /** Where only WebSocket opens a session, what can be asked over one. CORS and the sizes of bodies are matters of polling. */
    private void withoutPolling(Caller caller, Handshake handshake) throws InterruptedException {
        run(caller, new GreetingProbe());
        if (new CaseFile("", evidence).first(Evidence.Greeted.class).isPresent()) {
            run(caller.speaking(3), new ConnectProbe(true));
            return;
        }
        if (!plan.quick()) {
            waitBeside(caller, new IdleProbe(true, handshake), handshake);
        }
        run(caller, new ConnectProbe(true));
        if (!plan.quick()) {
            run(caller, new CadenceProbe(true));
            if (plan.health().isPresent()) {
                run(caller, new ReconnectProbe(true));
                run(caller, new UsersProbe(false, true));
            }
            collect();
        }
    }

    private void sessions(Caller caller, Handshake handshake) throws InterruptedException {
        boolean held = affinity(caller);
        if (held && !plan.quick()) {
            waitBeside(caller, new IdleProbe(false, handshake), handshake);
        }
        run(caller, new WebSocketProbe());
        boolean webSocket = new CaseFile("", evidence).first(Evidence.WebSocket.class)
                .flatMap(Evidence.WebSocket::handshake)
                .isPresent();
        if (webSocket && !plan.quick()) {
            waitBeside(caller, new IdleProbe(true, handshake), handshake);
        }
        if (held) {
            run(caller, new ConnectProbe(false));
        }
        run(caller, new UpgradeProbe());
        if (!plan.quick()) {
            run(caller, new CorsProbe());
            run(caller, new CompressionProbe());
            if (held) {
                run(caller, new PayloadProbe(handshake));
                run(caller, new CadenceProbe(false));
            }
            if (webSocket) {
                run(caller, new CadenceProbe(true));
            }
            if (held && plan.health().isPresent()) {
                run(caller, new ReconnectProbe(false));
                run(caller, new UsersProbe(true, webSocket));
            }
            collect();
        }
    }

    /** A server of Engine.IO 3 alone gets the probes whose questions it understands. */
    private void old(Caller caller) throws InterruptedException {
        boolean held = affinity(caller);
        run(caller, new WebSocketProbe());
        if (held) {
            run(caller, new ConnectProbe(false));
        }
        run(caller, new UpgradeProbe());
        if (!plan.quick()) {
            run(caller, new CorsProbe());
            run(caller, new CompressionProbe());
        }
    }

    /** Whether sessions can be kept by one who behaves as a browser does. */
    private boolean affinity(Caller caller) throws InterruptedException {
        run(caller, new AffinityProbe(Habit.NEW_CONNECTIONS));
        var bare = new CaseFile("", evidence).affinity(Habit.NEW_CONNECTIONS);
        boolean lost = bare.filter(seen -> seen.lost() > 0).isPresent();
        if (!lost && plan.quick()) {
            return true;
        }
        run(caller, new AffinityProbe(Habit.COOKIES));
        run(caller, new AffinityProbe(Habit.KEEP_ALIVE));
        var cookies = new CaseFile("", evidence).affinity(Habit.COOKIES);
        boolean held = !lost || cookies.filter(seen -> seen.requests() > 0 && seen.lost() == 0).isPresent();
        if (!held) {
            evidence.add(new Evidence.Skipped("what needs a session by polling",
                    "sessions are lost between servers, so it would fail for that reason alone"));
        }
        return held;
    }

    private void run(Caller caller, Probe probe) throws InterruptedException {
        if (!caller.left().isPositive()) {
            evidence.add(new Evidence.Skipped(probe.title(), "there was no time left for it"));
            return;
        }
        watcher.begins(probe.title());
        var from = now();
        evidence.addAll(probe.examine(caller));
        steps.add(new Result.Step(probe.title(), from, now()));
    }

    private void waitBeside(Caller caller, Probe probe, Handshake handshake) {
        var task = new FutureTask<>(() -> probe.examine(caller));
        waiting.add(new Waiting(probe, task, now()));
        Thread.ofVirtual().name("doctor-idle").start(task);
        if (handshake.pingInterval().compareTo(plan.patience()) <= 0) {
            watcher.waits(probe.title(), handshake.pingInterval());
        }
    }

    private void collect() throws InterruptedException {
        for (var one : waiting) {
            if (!one.task().isDone()) {
                watcher.begins("Waiting for the server's ping (" + one.probe().title() + ")");
            }
            try {
                evidence.addAll(one.task().get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
            var held = new CaseFile("", evidence).all(Evidence.Idle.class)
                    .reduce((first, second) -> second)
                    .map(Evidence.Idle::held);
            steps.add(new Result.Step(one.probe().title(), one.from(),
                    one.from().plus(held.orElse(Duration.ZERO))));
        }
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
