package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ConnectReply;
import dev.parley.doctor.evidence.Evidence.Hindrance;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.ProbeSession;
import dev.parley.doctor.session.SessionEndedException;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.socket.SocketPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Joins the namespace. Over polling it also measures how soon server messages arrive. */
public record ConnectProbe(boolean webSocket) implements Probe {
    private static final int SAMPLES = 5;
    private static final int MAX_MESSAGE = 120;

    @Override
    public String title() {
        return "Socket.IO CONNECT";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        var seen = new ArrayList<Evidence>();
        long begun = System.nanoTime();
        String namespace = client.target().namespace();
        try (var session = ProbeSession.open(client, webSocket)) {
            seen.add(new Evidence.Connect(namespace, connect(client, session),
                    ProbeClient.elapsedSince(begun)));
            // Only polling has a response to a POST to compare with.
            if (client.revision() == EngineRevision.V4 && !webSocket) {
                push(client, session, seen);
            }
        } catch (SessionEndedException e) {
            if (seen.isEmpty()) {
                seen.add(new Evidence.Connect(namespace, new ConnectReply.Broken(e.outcome()),
                        ProbeClient.elapsedSince(begun)));
            }
        }
        boolean answered = seen.stream()
                .anyMatch(one -> one instanceof Evidence.Connect connect
                        && !(connect.reply() instanceof ConnectReply.Unanswered)
                        && !(connect.reply() instanceof ConnectReply.Broken));
        // A failure at the end of the plan's time says nothing about the server.
        return answered || !client.isOutOfTime() ? seen
                : List.of(new Evidence.Unfinished(title(), Hindrance.OUT_OF_TIME));
    }

    static ConnectReply connect(ProbeClient client, ProbeSession session)
            throws SessionEndedException, InterruptedException {
        String namespace = client.target().namespace();
        // In revision 3 every client is in the default namespace from the start.
        if (client.revision() == EngineRevision.V4 || !namespace.equals(SocketPacket.DEFAULT_NAMESPACE)) {
            session.send(client.target().connectPacket());
        }
        var reply = session.await(client.responseTimeout(), packet -> isReply(packet, namespace));
        return reply.map(packet -> packet instanceof SocketPacket.ConnectError refusal
                ? new ConnectReply.Refused(message(refusal.json()))
                : new ConnectReply.Accepted()).orElse(new ConnectReply.Unanswered());
    }

    private static boolean isReply(SocketPacket packet, String namespace) {
        // Servers of Socket.IO 2.x may repeat the query of the request after the name.
        boolean ours = packet.namespace().equals(namespace) || packet.namespace().startsWith(namespace + "?");
        return ours
                && (packet instanceof SocketPacket.Connect || packet instanceof SocketPacket.ConnectError);
    }

    /** Returns the message of a refusal: the field {@code message} of an object, or the plain string of older servers. */
    static String message(String refusal) {
        String text;
        try {
            var json = JsonMapper.shared().readTree(refusal);
            text = json.path("message").asString(json.asString(refusal));
        } catch (JacksonException _notJson) {
            text = refusal;
        }
        return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "…" : text;
    }

    private static void push(ProbeClient client, ProbeSession session, List<Evidence> seen)
            throws SessionEndedException, InterruptedException {
        var answered = Duration.ofDays(1);
        var pushed = Duration.ofDays(1);
        for (int i = 1; i <= SAMPLES; i++) {
            long asked = System.nanoTime();
            session.send(EchoMessages.request(i));
            answered = ProbeClient.shorterOf(answered, ProbeClient.elapsedSince(asked));
            long end = asked + client.responseTimeout().toNanos();
            while (true) {
                var packet = session.next(Duration.ofNanos(end - System.nanoTime()));
                if (packet == null) {
                    return;
                }
                if (EchoMessages.answeredNumber(packet).orElse(-1) == i) {
                    break;
                }
            }
            pushed = ProbeClient.shorterOf(pushed, ProbeClient.elapsedSince(asked));
        }
        seen.add(new Evidence.Push(answered, pushed, SAMPLES));
    }
}
