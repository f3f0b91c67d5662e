package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Joins the namespace; over polling it then sees how soon answers are pushed. */
public record ConnectProbe(boolean webSocket) implements Probe {
    private static final int SAMPLES = 5;

    @Override
    public String title() {
        return "Socket.IO CONNECT";
    }

    @Override
    public List<Evidence> examine(Caller caller) throws InterruptedException {
        var seen = new ArrayList<Evidence>();
        long begun = System.nanoTime();
        String namespace = caller.target().namespace();
        try (var session = Session.open(caller, webSocket)) {
            seen.add(new Evidence.Connect(namespace, connect(caller, session), Caller.since(begun)));
            // On a WebSocket there is no answer to a POST that a push could be late behind.
            if (caller.revision() == 4 && !webSocket) {
                push(caller, session, seen);
            }
        } catch (SessionEnded e) {
            if (seen.isEmpty()) {
                seen.add(new Evidence.Connect(namespace, new Reply.Broken(e.outcome()), Caller.since(begun)));
            }
        }
        boolean answered = seen.stream()
                .anyMatch(one -> one instanceof Evidence.Connect connect
                        && !(connect.reply() instanceof Reply.Silent)
                        && !(connect.reply() instanceof Reply.Broken));
        // What the end of the whole examination cuts off says nothing of the server.
        return answered || !caller.timeIsUp() ? seen
                : List.of(new Evidence.Skipped(title(), "there was no time left for it"));
    }

    static Reply connect(Caller caller, Session session) throws SessionEnded, InterruptedException {
        String namespace = caller.target().namespace();
        String at = namespace.equals("/") ? "" : namespace;
        // Revision 3 has everybody in the default namespace from the start.
        if (caller.revision() == 4 || !at.isEmpty()) {
            session.say(caller.target().connect());
        }
        String welcome = "0" + at;
        String refusal = "4" + at;
        String reply = session.await(caller.answer(), welcome, refusal);
        if (reply == null) {
            return new Reply.Silent();
        }
        return reply.startsWith(welcome) ? new Reply.Welcomed() : new Reply.Refused(message(reply));
    }

    /** What a refusal says: {@code 44{"message":"…"}}, or a bare string of older servers. */
    static String message(String refusal) {
        String text = refusal.replaceFirst("^4(/[^,]*,)?", "")
                .replaceFirst("^\\s*\\{.*?\"message\"\\s*:\\s*\"", "")
                .replaceFirst("\".*$", "");
        String plain = text.isEmpty() ? refusal.replaceFirst("^4(/[^,]*,)?\"?", "").replaceFirst("\"$", "")
                : text;
        return plain.length() > 120 ? plain.substring(0, 120) + "…" : plain;
    }

    private static void push(Caller caller, Session session, List<Evidence> seen)
            throws SessionEnded, InterruptedException {
        var answered = Duration.ofDays(1);
        var pushed = Duration.ofDays(1);
        for (int i = 1; i <= SAMPLES; i++) {
            long asked = System.nanoTime();
            session.say(Echo.question(i));
            answered = Caller.shorter(answered, Caller.since(asked));
            long end = asked + caller.answer().toNanos();
            while (true) {
                var packet = session.next(Duration.ofNanos(end - System.nanoTime()));
                if (packet == null) {
                    return;
                }
                if (Echo.answered(packet).orElse(-1) == i) {
                    break;
                }
            }
            pushed = Caller.shorter(pushed, Caller.since(asked));
        }
        seen.add(new Evidence.Push(answered, pushed, SAMPLES));
    }
}
