package dev.parley.doctor;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Evidence.Hindrance;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.probe.AffinityProbe;
import dev.parley.doctor.probe.AudioProbe;
import dev.parley.doctor.probe.CompressionProbe;
import dev.parley.doctor.probe.ConnectProbe;
import dev.parley.doctor.probe.CorsProbe;
import dev.parley.doctor.probe.EarlyConnectProbe;
import dev.parley.doctor.probe.HealthProbe;
import dev.parley.doctor.probe.IdleProbe;
import dev.parley.doctor.probe.PayloadProbe;
import dev.parley.doctor.probe.PollingProbe;
import dev.parley.doctor.probe.Probe;
import dev.parley.doctor.probe.ReachProbe;
import dev.parley.doctor.probe.ReadyProbe;
import dev.parley.doctor.probe.ReconnectProbe;
import dev.parley.doctor.probe.RedirectProbe;
import dev.parley.doctor.probe.UpgradeProbe;
import dev.parley.doctor.probe.UsersProbe;
import dev.parley.doctor.probe.WebSocketProbe;
import dev.parley.doctor.session.Deadline;
import dev.parley.doctor.session.Plan;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.Target;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EngineRevision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Examines one server, from DNS to audio, within the limits of a plan. Used by one thread. */
public final class Examination {
    private static final int MAX_HOPS = 3;

    private final Plan plan;
    private final InstantSource clock;
    private final ProgressListener watcher;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<ExaminationResult.Step> steps = new ArrayList<>();
    private final List<BackgroundProbe> waiting = new ArrayList<>();
    private final long begun = System.nanoTime();
    private final Deadline deadline;
    private final CpuMeter cpu;

    /** Tells whether this machine was busy. */
    public interface CpuMeter {
        /** Begins a measurement. */
        void reset();

        /** Returns whether the processors were busy since the last reset. */
        boolean isBusy();
    }

    /** Receives progress, on the examining thread. */
    public interface ProgressListener {
        void started(String title);

        /** A probe waits in the background. */
        void waiting(String title, Duration atMost);
    }

    /** A probe that runs in the background. */
    private record BackgroundProbe(Probe probe, FutureTask<List<Evidence>> task, Duration from) {}

    /**
     * Creates an examination, whose time begins now.
     *
     * @param cpu what is waited for in vain while the machine is busy proves nothing
     */
    public Examination(Plan plan, InstantSource clock, ProgressListener watcher, CpuMeter cpu) {
        this.plan = plan;
        this.cpu = cpu;
        this.clock = clock;
        this.watcher = watcher;
        this.deadline = Deadline.after(plan.total());
    }

    public ExaminationResult examine(Target asked) throws InterruptedException {
        var startedAt = clock.instant();
        var client = reach(asked);
        if (client != null) {
            client = follow(client);
        }
        if (client != null) {
            examine(client);
        }
        var log = new EvidenceLog(asked.url(), evidence);
        return new ExaminationResult(asked.url(), startedAt, now(), plan.quick(), log, steps,
                client == null ? 0 : client.load().connections(),
                client == null ? 0 : client.load().requests());
    }

    private @Nullable ProbeClient reach(Target target) throws InterruptedException {
        watcher.started("Reaching " + target.endpoint().authority());
        var from = now();
        cpu.reset();
        var reached = ReachProbe.examine(target.endpoint(), plan.responseTimeout(), deadline, clock);
        steps.add(new ExaminationResult.Step("Name, TCP, TLS", from, now()));
        evidence.add(judged(reached.evidence(), "name, TCP, TLS", !deadline.remaining().isPositive()));
        return reached.address() == null ? null
                : ProbeClient.start(target, reached.address(), plan, deadline);
    }

    private @Nullable ProbeClient follow(ProbeClient first) throws InterruptedException {
        var hops = new ArrayList<Evidence.Hop>();
        @Nullable ProbeClient client = first;
        while (client != null && hops.size() < MAX_HOPS) {
            var redirect = RedirectProbe.examine(client);
            if (redirect.isEmpty()) {
                break;
            }
            hops.add(redirect.get().hop());
            var onward = redirect.get().onward();
            if (client.target().hasCredentials()
                    && onward.filter(target -> !target.hasCredentials()).isPresent()) {
                evidence.add(new Evidence.Skipped("the target of the redirect, with your credentials",
                        "it is another host, or without TLS: they were not sent there"));
            }
            client = onward.isPresent() ? reach(onward.get()) : null;
        }
        evidence.add(new Evidence.Redirected(hops));
        return client;
    }

    private void examine(ProbeClient client) throws InterruptedException {
        if (plan.health().isPresent()) {
            run(client, new HealthProbe(plan.health().get()));
        }
        run(client, new ReadyProbe());
        run(client, new PollingProbe(EngineRevision.V4));
        run(client, new PollingProbe(EngineRevision.V3));
        var log = new EvidenceLog("", evidence);
        var four = log.polling(4).flatMap(Evidence.Polling::handshake);
        var three = log.polling(3).flatMap(Evidence.Polling::handshake);
        if (four.isPresent()) {
            sessions(client, four.get());
        } else if (three.isPresent()) {
            old(client.withRevision(EngineRevision.V3));
        } else {
            run(client, new WebSocketProbe());
            var socket = new EvidenceLog("", evidence).first(Evidence.WebSocket.class)
                    .flatMap(Evidence.WebSocket::handshake);
            if (socket.isPresent()) {
                withoutPolling(client, socket.get());
            }
        }
    }

    /** Examines a server that only WebSocket can reach. CORS and body sizes apply to polling only. */
    private void withoutPolling(ProbeClient client, EngineHandshake handshake) throws InterruptedException {
        run(client, new EarlyConnectProbe());
        if (new EvidenceLog("", evidence).first(Evidence.EarlyConnect.class).isPresent()) {
            run(client.withRevision(EngineRevision.V3), new ConnectProbe(true));
            return;
        }
        if (!plan.quick()) {
            waitBeside(client, new IdleProbe(true, handshake), handshake);
        }
        run(client, new ConnectProbe(true));
        if (!plan.quick()) {
            run(client, new AudioProbe(true));
            if (plan.health().isPresent()) {
                run(client, new ReconnectProbe(true));
                run(client, new UsersProbe(false, true));
            }
            collect();
        }
    }

    private void sessions(ProbeClient client, EngineHandshake handshake) throws InterruptedException {
        boolean held = affinity(client);
        if (held && !plan.quick()) {
            waitBeside(client, new IdleProbe(false, handshake), handshake);
        }
        run(client, new WebSocketProbe());
        boolean webSocket = new EvidenceLog("", evidence).first(Evidence.WebSocket.class)
                .flatMap(Evidence.WebSocket::handshake)
                .isPresent();
        if (webSocket && !plan.quick()) {
            waitBeside(client, new IdleProbe(true, handshake), handshake);
        }
        if (held) {
            run(client, new ConnectProbe(false));
        }
        run(client, new UpgradeProbe());
        if (!plan.quick()) {
            run(client, new CorsProbe());
            run(client, new CompressionProbe());
            if (held) {
                run(client, new PayloadProbe(handshake));
                run(client, new AudioProbe(false));
            }
            if (webSocket) {
                run(client, new AudioProbe(true));
            }
            if (held && plan.health().isPresent()) {
                run(client, new ReconnectProbe(false));
                run(client, new UsersProbe(true, webSocket));
            }
            collect();
        }
    }

    /** Runs the probes that apply to a server of Engine.IO 3. */
    private void old(ProbeClient client) throws InterruptedException {
        boolean held = affinity(client);
        run(client, new WebSocketProbe());
        if (held) {
            run(client, new ConnectProbe(false));
        }
        run(client, new UpgradeProbe());
        if (!plan.quick()) {
            run(client, new CorsProbe());
            run(client, new CompressionProbe());
        }
    }

    /** Runs the affinity probes; returns true if a browser can use sessions. */
    private boolean affinity(ProbeClient client) throws InterruptedException {
        run(client, new AffinityProbe(ClientMode.NEW_CONNECTIONS));
        var bare = new EvidenceLog("", evidence).affinity(ClientMode.NEW_CONNECTIONS);
        boolean lost = bare.filter(seen -> seen.lost() > 0).isPresent();
        if (!lost && plan.quick()) {
            return true;
        }
        run(client, new AffinityProbe(ClientMode.COOKIES));
        run(client, new AffinityProbe(ClientMode.KEEP_ALIVE));
        var cookies = new EvidenceLog("", evidence).affinity(ClientMode.COOKIES);
        boolean held = !lost || cookies.filter(seen -> seen.requests() > 0 && seen.lost() == 0).isPresent();
        if (!held) {
            evidence.add(new Evidence.Skipped("probes that need a polling session",
                    "requests of a session reach different servers, so these probes would fail"));
        }
        return held;
    }

    private void run(ProbeClient client, Probe probe) throws InterruptedException {
        if (!client.timeLeft().isPositive()) {
            evidence.add(new Evidence.Unfinished(probe.title(), Hindrance.OUT_OF_TIME));
            return;
        }
        watcher.started(probe.title());
        var from = now();
        cpu.reset();
        var seen = probe.examine(client);
        if (client.isOutOfTime() && seen.stream().allMatch(Evidence.Skipped.class::isInstance)) {
            evidence.add(new Evidence.Unfinished(probe.title(), Hindrance.OUT_OF_TIME));
        } else {
            seen.forEach(one -> evidence.add(judged(one, probe.title(), client.isOutOfTime())));
        }
        steps.add(new ExaminationResult.Step(probe.title(), from, now()));
    }

    /** Returns the evidence, unless it rests on waiting that was cut short or that this machine was too busy for. */
    private Evidence judged(Evidence seen, String title, boolean outOfTime) {
        boolean late = seen instanceof Evidence.Push push && push.isLate();
        if (!seen.waitedInVain() && !late) {
            return seen;
        }
        if (outOfTime && !late) {
            return new Evidence.Unfinished(title, Hindrance.OUT_OF_TIME);
        }
        return cpu.isBusy() ? new Evidence.Unfinished(title, Hindrance.BUSY) : seen;
    }

    private void waitBeside(ProbeClient client, Probe probe, EngineHandshake handshake) {
        var task = new FutureTask<>(() -> probe.examine(client));
        waiting.add(new BackgroundProbe(probe, task, now()));
        Thread.ofVirtual().name("doctor-idle").start(task);
        if (handshake.pingInterval().compareTo(plan.firstPingTimeout()) <= 0) {
            watcher.waiting(probe.title(), handshake.pingInterval());
        }
    }

    private void collect() throws InterruptedException {
        for (var one : waiting) {
            if (!one.task().isDone()) {
                watcher.started("Waiting for the server's ping (" + one.probe().title() + ")");
            }
            try {
                // It has its own time, longer than that of the examination.
                one.task().get().forEach(seen -> evidence.add(judged(seen, one.probe().title(), false)));
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
            var held = new EvidenceLog("", evidence).all(Evidence.Idle.class)
                    .reduce((first, second) -> second)
                    .map(Evidence.Idle::held);
            steps.add(new ExaminationResult.Step(one.probe().title(), one.from(),
                    one.from().plus(held.orElse(Duration.ZERO))));
        }
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
