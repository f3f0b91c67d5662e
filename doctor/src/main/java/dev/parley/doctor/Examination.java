package dev.parley.doctor;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.probe.AffinityProbe;
import dev.parley.doctor.probe.AudioProbe;
import dev.parley.doctor.probe.CompressionProbe;
import dev.parley.doctor.probe.ConnectProbe;
import dev.parley.doctor.probe.CorsProbe;
import dev.parley.doctor.probe.DevServerProbe;
import dev.parley.doctor.probe.EarlyConnectProbe;
import dev.parley.doctor.probe.HealthProbe;
import dev.parley.doctor.probe.IdleProbe;
import dev.parley.doctor.probe.OtherProtocolProbe;
import dev.parley.doctor.probe.PayloadProbe;
import dev.parley.doctor.probe.PollingProbe;
import dev.parley.doctor.probe.QueryProbe;
import dev.parley.doctor.probe.ReachProbe;
import dev.parley.doctor.probe.ReadyProbe;
import dev.parley.doctor.probe.ReconnectProbe;
import dev.parley.doctor.probe.RedirectProbe;
import dev.parley.doctor.probe.SchemeProbe;
import dev.parley.doctor.probe.SequentialProbe;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Examines one server, from DNS to audio, within the limits of a plan. Used by one thread. */
public final class Examination {
    private static final int MAX_HOPS = 3;
    /** Once a server was silent for a whole response timeout, later waits are short, so that it costs at most 15 seconds. */
    private static final Duration AFTER_SILENCE = Duration.ofSeconds(3);

    private final Plan plan;
    private final InstantSource clock;
    private final ProbeRunner runner;
    private final Deadline deadline;
    private volatile String url = "";
    private volatile Instant startedAt = Instant.EPOCH;
    private volatile @Nullable ProbeClient current;
    private boolean silent;
    private volatile boolean finished;

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

    /**
     * Creates an examination, whose time begins now.
     *
     * @param cpu what is waited for in vain while the machine is busy proves nothing
     */
    public Examination(Plan plan, InstantSource clock, ProgressListener watcher, CpuMeter cpu) {
        this.plan = plan;
        this.clock = clock;
        this.runner = new ProbeRunner(plan, watcher, cpu);
        this.deadline = Deadline.after(plan.total());
    }

    public ExaminationResult examine(Target asked) throws InterruptedException {
        return examine(asked, Optional.empty());
    }

    /**
     * Examines a server.
     *
     * @param other another reading of the same URL, which is used if only there a server of Socket.IO responds
     */
    public ExaminationResult examine(Target asked, Optional<Target> other) throws InterruptedException {
        startedAt = clock.instant();
        url = asked.url();
        var client = reach(asked);
        if (client != null && other.isPresent()) {
            client = read(client, other.get());
        }
        if (client != null) {
            client = follow(client);
        }
        if (client != null) {
            examine(client);
            client.load().held().ifPresent(runner::add);
        }
        finished = true;
        return soFar();
    }

    /** Returns the result up to now. May be called by any thread; during {@link #examine} the result says that it is not the whole. */
    public ExaminationResult soFar() {
        var client = current;
        return new ExaminationResult(url, startedAt, runner.now(), plan.quick(), partly(log()),
                runner.steps(), client == null ? 0 : client.load().connections(),
                client == null ? 0 : client.load().requests());
    }

    /** Returns how long the server still asks to wait; zero or less if it does not. */
    Duration waitLeft() {
        var client = current;
        return client == null ? Duration.ZERO : client.load().waitLeft();
    }

    private EvidenceLog partly(EvidenceLog seen) {
        if (finished) {
            return seen;
        }
        var all = new ArrayList<>(seen.evidence());
        all.add(new Evidence.Unfinished("the rest of the examination", Evidence.Hindrance.INTERRUPTED));
        return new EvidenceLog(seen.url(), all);
    }

    private EvidenceLog log() {
        return runner.log(url);
    }

    private @Nullable ProbeClient reach(Target target) throws InterruptedException {
        var from = runner.begin("Reaching " + target.endpoint().authority());
        var reached = ReachProbe.examine(target.endpoint(), plan.responseTimeout(), deadline, clock);
        runner.end("Name, TCP, TLS", from, reached.evidence(), !deadline.remaining().isPositive());
        var timeout = deadline.cap(ProbeClient.shorterOf(AFTER_SILENCE, plan.responseTimeout()));
        if (reached.address() == null) {
            var tried = reached.tried();
            if (tried != null && isTlsWithoutCertificate(reached.evidence()) && timeout.isPositive()) {
                SchemeProbe.forHttp(target, tried, timeout).ifPresent(runner::add);
            }
            return null;
        }
        ReachProbe.otherFamily(target.endpoint(), reached, timeout).ifPresent(runner::add);
        var before = current;
        var client = before == null ? ProbeClient.start(target, reached.address(), plan, deadline)
                : before.withTarget(target, reached.address());
        current = client;
        return client;
    }

    private static boolean isTlsWithoutCertificate(Evidence.Reach reach) {
        return reach.certificate().isEmpty() && reach.failure()
                .filter(why -> why.kind() == ConnectionFailure.Kind.TLS
                        || why.kind() == ConnectionFailure.Kind.TLS_TIMEOUT)
                // Only TLS sends alerts.
                .filter(why -> !why.isTlsAlert())
                .isPresent();
    }

    /** Chooses between two readings of a URL by a handshake of each. */
    private ProbeClient read(ProbeClient client, Target other) {
        var second = client.withTarget(other);
        boolean one = PollingProbe.isSocketIo(client);
        boolean two = !one && PollingProbe.isSocketIo(second);
        runner.add(new Evidence.Reading((two ? other : client.target()).reading(),
                (two ? client.target() : other).reading(), one || two));
        return two ? second : client;
    }

    private @Nullable ProbeClient follow(ProbeClient first) throws InterruptedException {
        var hops = new ArrayList<Evidence.Hop>();
        boolean opened = false;
        @Nullable ProbeClient client = first;
        while (client != null && hops.size() < MAX_HOPS) {
            var look = RedirectProbe.examine(client);
            silent = look.silent();
            opened = look.opened();
            var redirect = look.redirect();
            if (redirect.isEmpty()) {
                break;
            }
            hops.add(redirect.get().hop());
            var onward = redirect.get().onward();
            if (client.target().hasCredentials()
                    && onward.filter(target -> !target.hasCredentials()).isPresent()) {
                runner.add(new Evidence.Skipped("the target of the redirect, with your credentials",
                        "it is another host, or without TLS: they were not sent there"));
            }
            client = onward.isPresent() ? reach(onward.get()) : null;
        }
        runner.add(new Evidence.Redirected(hops, opened));
        return client;
    }

    private void examine(ProbeClient patient) throws InterruptedException {
        var client = silent ? patient.withResponseTimeout(AFTER_SILENCE) : patient;
        if (!silent) {
            if (plan.health().isPresent()) {
                runner.run(client, new HealthProbe(plan.health().get()));
            }
            runner.run(client, new ReadyProbe());
        }
        runner.run(client, new PollingProbe(EngineRevision.V4));
        var four = log().polling(4);
        // Where no server responds, another revision gets no response either.
        if (four.flatMap(seen -> seen.outcome().response())
                .filter(response -> !response.isOfProxy())
                .isPresent()) {
            runner.run(client, new PollingProbe(EngineRevision.V3));
        }
        var three = log().polling(3).flatMap(Evidence.Polling::handshake);
        var handshake = four.flatMap(Evidence.Polling::handshake);
        if (handshake.isPresent()) {
            sessions(patient, handshake.get());
        } else if (three.isPresent()) {
            old(patient.withRevision(EngineRevision.V3));
        } else {
            withoutHandshake(client, four.map(Evidence.Polling::outcome));
        }
    }

    private void withoutHandshake(ProbeClient client, Optional<Outcome> polling) throws InterruptedException {
        if (polling.filter(outcome -> outcome.failure().isPresent() && !outcome.isSilence()).isPresent()) {
            var instead = SchemeProbe.forTls(client, polling.get())
                    .or(() -> polling.get().failure().flatMap(OtherProtocolProbe::byBanner));
            instead.ifPresent(runner::add);
            if (instead.isPresent()) {
                return;
            }
        }
        var response = polling.flatMap(Outcome::response);
        if (response.filter(seen -> seen.hasEngineCode(0)).isPresent()) {
            runner.run(client, new QueryProbe());
        }
        runner.run(client, new WebSocketProbe());
        var socket = log().first(Evidence.WebSocket.class).flatMap(Evidence.WebSocket::handshake);
        if (socket.isPresent()) {
            withoutPolling(client, socket.get());
        } else if (response.filter(seen -> seen.engineCode().isEmpty() && !seen.isOfProxy()).isPresent()) {
            runner.run(client, new OtherProtocolProbe(polling.get()));
        }
    }

    /** Examines a server that only WebSocket can reach. CORS and body sizes apply to polling only. */
    private void withoutPolling(ProbeClient client, EngineHandshake handshake) throws InterruptedException {
        runner.run(client, new EarlyConnectProbe());
        if (log().first(Evidence.EarlyConnect.class).isPresent()) {
            runner.run(client.withRevision(EngineRevision.V3), new ConnectProbe(true));
            return;
        }
        if (!plan.quick()) {
            runner.waitBeside(client, new IdleProbe(true, handshake), handshake);
        }
        runner.run(client, new ConnectProbe(true));
        if (!plan.quick()) {
            audio(client, true);
            if (plan.health().isPresent()) {
                runner.run(client, new ReconnectProbe(true));
                runner.run(client, new UsersProbe(false, true));
            }
            runner.collect();
        }
    }

    private void sessions(ProbeClient client, EngineHandshake handshake) throws InterruptedException {
        boolean held = affinity(client);
        if (held && !plan.quick()) {
            runner.waitBeside(client, new IdleProbe(false, handshake), handshake);
        }
        boolean webSocket = webSocket(client);
        if (webSocket && !plan.quick()) {
            runner.waitBeside(client, new IdleProbe(true, handshake), handshake);
        }
        if (held) {
            runner.run(client, new ConnectProbe(false));
        }
        runner.run(client, new UpgradeProbe());
        cors(client);
        if (!plan.quick()) {
            runner.run(client, new CompressionProbe());
            if (held) {
                runner.run(client, new PayloadProbe(handshake));
                audio(client, false);
            }
            if (webSocket) {
                audio(client, true);
            }
            if (held && plan.health().isPresent()) {
                runner.run(client, new ReconnectProbe(false));
                runner.run(client, new UsersProbe(true, webSocket));
            }
            runner.collect();
        }
    }

    /** Measures audio where it matters: on a Parley server, or on request. */
    private void audio(ProbeClient client, boolean webSocket) throws InterruptedException {
        if (plan.voice() || log().first(Evidence.Ready.class).isPresent()) {
            runner.run(client, new AudioProbe(webSocket));
        }
    }

    /** Runs the probes that apply to a server of Engine.IO 3. */
    private void old(ProbeClient client) throws InterruptedException {
        boolean held = affinity(client);
        webSocket(client);
        if (held) {
            runner.run(client, new ConnectProbe(false));
        }
        runner.run(client, new UpgradeProbe());
        cors(client);
        if (!plan.quick()) {
            runner.run(client, new CompressionProbe());
        }
    }

    /** Opens a WebSocket; returns whether messages pass. Where an upgrade is left without an answer, looks for the reason. */
    private boolean webSocket(ProbeClient client) throws InterruptedException {
        runner.run(client, new WebSocketProbe());
        var seen = log().first(Evidence.WebSocket.class);
        if (seen.filter(socket -> socket.outcome().failure().isPresent()).isPresent()) {
            runner.run(client, new DevServerProbe());
        }
        return seen.filter(socket -> socket.start().works()).isPresent();
    }

    private void cors(ProbeClient client) throws InterruptedException {
        if (!plan.quick() || client.target().origin().isPresent()) {
            runner.run(client, new CorsProbe());
        }
    }

    /** Runs the affinity probes; returns true if a browser can use sessions. */
    private boolean affinity(ProbeClient client) throws InterruptedException {
        runner.run(client, new AffinityProbe(ClientMode.NEW_CONNECTIONS));
        var bare = log().affinity(ClientMode.NEW_CONNECTIONS);
        if (bare.flatMap(Evidence.Affinity::failure)
                .flatMap(Outcome::response)
                .filter(Response::isOfProxy)
                .isPresent()) {
            runner.run(client, new SequentialProbe());
        }
        boolean cached = bare.filter(seen -> seen.repeated() > 0).isPresent();
        boolean lost = bare.filter(seen -> seen.lost() > 0).isPresent();
        if (!cached && !lost && plan.quick()) {
            return true;
        }
        if (cached) {
            runner.add(new Evidence.Skipped("probes that need a polling session",
                    "handshakes bring the same session id, so these probes would fail"));
            return false;
        }
        runner.run(client, new AffinityProbe(ClientMode.COOKIES));
        runner.run(client, new AffinityProbe(ClientMode.KEEP_ALIVE));
        var cookies = log().affinity(ClientMode.COOKIES);
        boolean held = !lost || cookies.filter(seen -> seen.requests() > 0 && seen.lost() == 0).isPresent();
        if (!held) {
            runner.add(new Evidence.Skipped("probes that need a polling session",
                    "requests of a session reach different servers, so these probes would fail"));
        }
        return held;
    }
}
