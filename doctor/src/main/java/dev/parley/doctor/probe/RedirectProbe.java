package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.ServerAddress;
import dev.parley.protocol.socket.SocketEncoder;
import dev.parley.protocol.socket.SocketPacket;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Checks whether requests are redirected, and with which status a POST is. */
public final class RedirectProbe {

    private static final SocketPacket ANY_CONNECT = new SocketPacket.Connect(SocketPacket.DEFAULT_NAMESPACE,
            null);

    private RedirectProbe() {}

    /** One redirect, and its target if that can be examined. */
    public record Redirect(Evidence.Hop hop, Optional<Target> onward) {}

    /**
     * The response to a handshake.
     *
     * @param redirect empty if the handshake is not redirected
     * @param silent   whether there was no response in time
     * @param opened   whether it brought a session
     */
    public record Look(Optional<Redirect> redirect, boolean silent, boolean opened) {}

    /** Sends a handshake, and a POST if the handshake is redirected. */
    public static Look examine(ProbeClient client) {
        var outcome = client.send(Request.get(client.handshakeTarget()), client.responseTimeout());
        boolean opened = outcome.response()
                .flatMap(response -> client.codec().handshake(response.body()))
                .isPresent();
        return new Look(redirect(client, outcome), outcome.isSilence(), opened);
    }

    private static Optional<Redirect> redirect(ProbeClient client, Outcome outcome) {
        var target = client.target();
        var response = outcome.response();
        if (response.isEmpty() || !response.get().isRedirect()) {
            response.flatMap(shaken -> client.codec().handshake(shaken.body()))
                    .ifPresent(open -> PollingProbe.closeSession(client, open));
            return Optional.empty();
        }
        String to = response.get().headers().first("location").orElse("");
        var post = client.send(Request.post(client.pollingTarget("none"),
                client.codec().payload(SocketEncoder.encode(ANY_CONNECT))), client.responseTimeout());
        int postStatus = switch (post) {
            case Outcome.Responded answered -> answered.received().status();
            case Outcome.Failed failed -> 0;
        };
        var onward = onward(target, to);
        String shown = onward.map(Target::url).orElse(to.replaceFirst("\\?.*", ""));
        return Optional
                .of(new Redirect(new Evidence.Hop(response.get().status(), postStatus, shown), onward));
    }

    private static Optional<Target> onward(Target from, String location) {
        try {
            var to = URI.create(from.url()).resolve(location);
            String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
            if (to.getHost() == null || to.getPort() > 65_535
                    || (!scheme.equals("http") && !scheme.equals("https"))) {
                return Optional.empty();
            }
            boolean tls = scheme.equals("https");
            int port = to.getPort() > 0 ? to.getPort() : tls ? 443 : 80;
            String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
            return Optional.of(from.redirectedTo(new ServerAddress(to.getHost(), port, tls), path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
