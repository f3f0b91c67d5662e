package dev.parley.doctor;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Hindrance;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.probe.PollingProbe;
import dev.parley.doctor.probe.Probe;
import dev.parley.doctor.session.Plan;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EngineRevision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs probes one after another, some beside the others, and collects their evidence: that which rests on waiting counts only if the waiting
 * proves something. Used by one thread; another may read what was collected.
 */
final class ProbeRunner {
    /** A longer wait, where the server asks for one, is too long for an examination. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** The pause before each probe once a server seemed to limit bursts. */
    private static final Duration BETWEEN = Duration.ofMillis(1_200);

    private final Plan plan;
    private final Examination.ProgressListener watcher;
    private final Examination.CpuMeter cpu;
    private final List<Evidence> evidence = Collections.synchronizedList(new ArrayList<>());
    private final List<ExaminationResult.Step> steps = Collections.synchronizedList(new ArrayList<>());
    private final List<BackgroundProbe> waiting = new ArrayList<>();
    private final long begun = System.nanoTime();
    private boolean gently;

    /** A probe that runs in the background. */
    private record BackgroundProbe(Probe probe, FutureTask<List<Evidence>> task, Duration from) {}

    ProbeRunner(Plan plan, Examination.ProgressListener watcher, Examination.CpuMeter cpu) {
        this.plan = plan;
        this.watcher = watcher;
        this.cpu = cpu;
    }

    /** Returns the evidence collected so far. Safe from any thread. */
    EvidenceLog log(String url) {
        return new EvidenceLog(url, copy(evidence));
    }

    /** Returns the steps done so far. Safe from any thread. */
    List<ExaminationResult.Step> steps() {
        return copy(steps);
    }

    private static <T> List<T> copy(List<T> synchronizedList) {
        synchronized (synchronizedList) {
            return List.copyOf(synchronizedList);
        }
    }

    void add(Evidence seen) {
        evidence.add(seen);
    }

    /** Begins a step that is no probe; {@link #end} ends it. */
    Duration begin(String title) {
        watcher.started(title);
        cpu.reset();
        return now();
    }

    /** Ends a step with its evidence. */
    void end(String title, Duration from, Evidence seen, boolean outOfTime) {
        steps.add(new ExaminationResult.Step(title, from, now()));
        evidence.add(judged(seen, title, outOfTime));
    }

    void run(ProbeClient client, Probe probe) throws InterruptedException {
        var hindrance = hindrance(client);
        if (hindrance.isPresent()) {
            evidence.add(new Evidence.Unfinished(probe.title(), hindrance.get()));
            return;
        }
        if (gently) {
            Thread.sleep(ProbeClient.shorterOf(BETWEEN, client.timeLeft()));
        }
        watcher.started(probe.title());
        var from = now();
        cpu.reset();
        int holds = client.load().holds();
        var seen = probe.examine(client);
        boolean held = client.load().holds() > holds;
        if (client.isOutOfTime() && seen.stream().allMatch(Evidence.Skipped.class::isInstance)) {
            evidence.add(new Evidence.Unfinished(probe.title(), Hindrance.OUT_OF_TIME));
        } else if ((held && !isFirst(probe)) || client.load().isReached()) {
            evidence.add(
                    new Evidence.Unfinished(probe.title(), held ? Hindrance.ASKED_TO_WAIT : Hindrance.LOAD));
        } else {
            seen.forEach(one -> evidence.add(judged(one, probe.title(), client.isOutOfTime())));
            if (seen.stream()
                    .anyMatch(one -> one instanceof Evidence.Affinity empty && empty.requests() == 0)) {
                evidence.add(new Evidence.Unfinished(probe.title(),
                        client.isOutOfTime() ? Hindrance.OUT_OF_TIME : Hindrance.NO_SESSION));
            }
            gently |= seen.stream().anyMatch(Evidence.OneAtATime.class::isInstance);
        }
        steps.add(new ExaminationResult.Step(probe.title(), from, now()));
    }

    /** The rules judge a refusal of the first handshake itself. */
    private static boolean isFirst(Probe probe) {
        return probe instanceof PollingProbe polling && polling.revision() == EngineRevision.V4;
    }

    /** Returns why no probe may run now. Waits a little where the server asked for it. */
    private static Optional<Hindrance> hindrance(ProbeClient client) throws InterruptedException {
        if (!client.timeLeft().isPositive()) {
            return Optional.of(Hindrance.OUT_OF_TIME);
        }
        if (client.load().isReached()) {
            return Optional.of(Hindrance.LOAD);
        }
        var wait = client.load().waitLeft();
        if (wait.isPositive() && wait.compareTo(LONGEST_PAUSE) <= 0
                && wait.compareTo(client.timeLeft()) < 0) {
            Thread.sleep(wait.plusMillis(1));
            wait = client.load().waitLeft();
        }
        return wait.isPositive() ? Optional.of(Hindrance.ASKED_TO_WAIT) : Optional.empty();
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

    /** Starts a probe in the background, until {@link #collect}. */
    void waitBeside(ProbeClient client, Probe probe, EngineHandshake handshake) {
        var task = new FutureTask<>(() -> probe.examine(client));
        waiting.add(new BackgroundProbe(probe, task, now()));
        Thread.ofVirtual().name("doctor-idle").start(task);
        if (handshake.pingInterval().compareTo(plan.firstPingTimeout()) <= 0) {
            watcher.waiting(probe.title(), handshake.pingInterval());
        }
    }

    /** Waits for the probes in the background. */
    void collect() throws InterruptedException {
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
            var held = log("").all(Evidence.Idle.class)
                    .reduce((first, second) -> second)
                    .map(Evidence.Idle::held);
            steps.add(new ExaminationResult.Step(one.probe().title(), one.from(),
                    one.from().plus(held.orElse(Duration.ZERO))));
        }
    }

    Duration now() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
