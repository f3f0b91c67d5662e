package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.session.CookieJar;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.PacketCodec;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.HttpConnection;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.SocketEncoder;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks session affinity: opens a dozen sessions, sends a POST and a GET to each, and counts servers that do not know the session. Closes the
 * sessions afterwards.
 */
public record AffinityProbe(ClientMode mode) implements Probe {

    private static final Duration LOST_POST_TIMEOUT = Duration.ofMillis(1_500);
    /** A session id of a Parley server, with its tag in front. The ids of other servers have 20 characters in all, or no underscore. */
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9]{1,16})_[A-Za-z0-9_-]{24}");

    /** The outcome of one session. */
    private record Attempt(int requests, int lost, int blank, int failed, Set<String> cookies, int closed,
            Optional<Outcome> failure, Optional<String> sid) {
        private static final Attempt NONE = new Attempt(0, 0, 0, 0, Set.of(), 0, Optional.empty(),
                Optional.empty());
    }

    @Override
    public String title() {
        return switch (mode) {
            case NEW_CONNECTIONS -> "Affinity on new connections";
            case COOKIES -> "Affinity with cookies";
            case KEEP_ALIVE -> "Affinity on one connection";
        };
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        int holds = client.load().holds();
        var attempts = new ArrayList<Attempt>();
        var tasks = new ArrayList<Callable<Attempt>>();
        for (int i = 0; i < client.plan().sessions(); i++) {
            tasks.add(() -> attempt(client, holds));
        }
        try (var threads = Executors.newFixedThreadPool(client.plan().atOnce(),
                Thread.ofVirtual().factory())) {
            for (Future<Attempt> done : threads.invokeAll(tasks)) {
                attempts.add(done.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        var cookies = new TreeSet<String>();
        attempts.forEach(attempt -> cookies.addAll(attempt.cookies()));
        return List.of(new Evidence.Affinity(mode, attempts.size(),
                attempts.stream().mapToInt(Attempt::requests).sum(),
                attempts.stream().mapToInt(Attempt::lost).sum(),
                attempts.stream().mapToInt(Attempt::failed).sum(), cookies,
                attempts.stream().mapToInt(Attempt::closed).sum(),
                attempts.stream().flatMap(attempt -> attempt.failure().stream()).findFirst(),
                repeated(sids(attempts)), servers(sids(attempts)),
                attempts.stream().mapToInt(Attempt::blank).sum()));
    }

    /** Opens some sessions one after another, with a pause before each; returns how many failed, or empty if the server asks to wait. */
    static Optional<Evidence.OneAtATime> oneAtATime(ProbeClient client, int sessions, Duration pause)
            throws InterruptedException {
        int holds = client.load().holds();
        int failed = 0;
        for (int i = 0; i < sessions; i++) {
            Thread.sleep(pause);
            if (client.load().holds() > holds || client.timeLeft().compareTo(pause) < 0) {
                return Optional.empty();
            }
            failed += new AffinityProbe(ClientMode.COOKIES).attempt(client, holds).failed() > 0 ? 1 : 0;
        }
        return Optional.of(new Evidence.OneAtATime(sessions, failed));
    }

    private static List<String> sids(List<Attempt> attempts) {
        return attempts.stream().flatMap(attempt -> attempt.sid().stream()).toList();
    }

    private static int repeated(List<String> sids) {
        return sids.size() - Set.copyOf(sids).size();
    }

    static int servers(List<String> sids) {
        var names = new TreeSet<String>();
        for (String sid : sids) {
            var named = NAMED.matcher(sid);
            if (!named.matches()) {
                return 0;
            }
            names.add(named.group(1));
        }
        return names.size();
    }

    /** @param holds how often the server had asked to wait before this series */
    private Attempt attempt(ProbeClient client, int holds) {
        // The first request to wait ends the series.
        if (client.load().holds() > holds) {
            return Attempt.NONE;
        }
        var jar = new CookieJar();
        try (var sender = new RequestSender(client, mode == ClientMode.KEEP_ALIVE)) {
            var opened = sender.send(Request.get(client.handshakeTarget()));
            var handshake = opened.response().flatMap(response -> PacketCodec.anyHandshake(response.body()));
            if (handshake.isEmpty()) {
                return new Attempt(0, 0, 0, 1, Set.of(), sender.closed, Optional.of(opened),
                        Optional.empty());
            }
            var cookies = opened.response().map(Response::headers).orElseThrow();
            if (mode == ClientMode.COOKIES) {
                jar.store(cookies);
            }
            String address = client.pollingTarget(handshake.get().sid());
            // The POST comes first, so that the GET has a message to fetch: the refusal of an unknown namespace.
            var post = sender.send(jar.addTo(Request.post(address, message(client))));
            // A failure at the end of the plan's time says nothing about the server.
            boolean cut = failed(post) && client.isOutOfTime();
            // After a lost POST the GET has no message to fetch, so it is expected to time out.
            boolean lostPost = post.response().isPresent() && !post.hasStatus(200);
            var get = sender.sendBeforeLast(jar.addTo(Request.get(address)),
                    lostPost ? LOST_POST_TIMEOUT : client.responseTimeout());
            boolean hangs = lostPost
                    && get.failure().filter(why -> why.kind() == ConnectionFailure.Kind.TIMEOUT).isPresent();
            cut |= !failed(post) && failed(get) && !hangs && client.isOutOfTime();
            if (cut) {
                return new Attempt(0, 0, 0, 0, Set.of(), sender.closed, Optional.empty(),
                        handshake.map(EngineHandshake::sid));
            }
            int lost = (lost(post) ? 1 : 0) + (lost(get) ? 1 : 0);
            int blank = (blank(post) ? 1 : 0) + (blank(get) ? 1 : 0);
            var failed = (hangs ? Stream.of(post) : Stream.of(post, get)).filter(AffinityProbe::failed)
                    .toList();
            var unused = sender.sendLast(
                    jar.addTo(Request.post(address, client.codec().payload(new EnginePacket.Close()))));
            return new Attempt(2, lost, blank, failed.size(), Set.copyOf(cookies.cookieNames()),
                    sender.closed, failed.stream().findFirst(), handshake.map(EngineHandshake::sid));
        }
    }

    private static String message(ProbeClient client) {
        return client.codec().payload(SocketEncoder.encode(EchoMessages.request(0)));
    }

    private static boolean lost(Outcome outcome) {
        return outcome.response().filter(Response::isSessionUnknown).isPresent();
    }

    private static boolean blank(Outcome outcome) {
        return outcome.response().filter(Response::isBlankError).isPresent();
    }

    private static boolean failed(Outcome outcome) {
        return !lost(outcome) && !outcome.hasStatus(200);
    }

    /** Sends the requests of one session in one client mode. Used by one thread. */
    private static final class RequestSender implements AutoCloseable {
        private final ProbeClient client;
        private final boolean kept;
        private Optional<HttpConnection> http = Optional.empty();
        private int closed;

        private RequestSender(ProbeClient client, boolean kept) {
            this.client = client;
            this.kept = kept;
        }

        private Outcome send(Request request) {
            return send(request, client.responseTimeout());
        }

        private Outcome send(Request request, Duration most) {
            return send(request, most, kept);
        }

        /** Sends the request before the last one of the session; the connection stays open for that one. */
        private Outcome sendBeforeLast(Request request, Duration most) {
            return send(request, most, true);
        }

        /** Sends the close packet. It is no part of the measurement, so it needs no connection of its own. */
        private Outcome sendLast(Request request) {
            return send(request, client.responseTimeout(), true);
        }

        private Outcome send(Request request, Duration most, boolean open) {
            Duration timeout = ProbeClient.shorterOf(most, client.responseTimeout());
            if (!open) {
                return client.send(request, timeout);
            }
            if (!timeout.isPositive()) {
                return new Outcome.Failed(new ConnectionFailure(ConnectionFailure.Kind.TIMEOUT, ""),
                        Duration.ZERO);
            }
            try {
                if (http.isEmpty() || !http.get().reusable()) {
                    closed += http.isEmpty() ? 0 : 1;
                    close();
                    http = Optional.of(client.open(timeout));
                }
                return client.send(http.get(), request,
                        ProbeClient.shorterOf(timeout, client.responseTimeout()));
            } catch (WireException e) {
                return new Outcome.Failed(e.failure(), Duration.ZERO);
            }
        }

        @Override
        public void close() {
            http.ifPresent(open -> open.connection().close());
        }
    }
}
