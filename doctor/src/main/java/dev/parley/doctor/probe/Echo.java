package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence.Method;
import dev.parley.protocol.engine.EnginePacket;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How a round trip is had. Parley's own server echoes in the namespace {@value #NAMESPACE}. Every other server refuses a namespace that
 * does not exist, with its name in the refusal, which makes an answer that can be told from others, and touches no application.
 */
final class Echo {
    static final String NAMESPACE = "/parley-doctor";
    private static final String NOBODY = NAMESPACE + "-nobody-";
    private static final Pattern REFUSAL = Pattern.compile("^[04]" + NOBODY + "(\\d{1,6})\\b");
    private static final Pattern ACK = Pattern.compile("^3" + NAMESPACE + ",(\\d{1,6})\\[");

    private Echo() {}

    /** A message that every server answers with a refusal. */
    static String question(int number) {
        return "0" + NOBODY + number + ",";
    }

    static EnginePacket frame(Method method, int number, String audio) {
        return new EnginePacket.Message(switch (method) {
            case ECHO -> "2" + NAMESPACE + "," + number + "[\"echo\",\"" + audio + "\"]";
            case NAMESPACE -> "0" + NOBODY + number + ",{\"audio\":\"" + audio + "\"}";
        });
    }

    /** Which question a packet answers. */
    static OptionalInt answered(EnginePacket packet) {
        if (packet instanceof EnginePacket.Message message) {
            for (var pattern : List.of(REFUSAL, ACK)) {
                var found = pattern.matcher(message.text());
                if (found.find()) {
                    return OptionalInt.of(Integer.parseInt(found.group(1)));
                }
            }
        }
        return OptionalInt.empty();
    }

    /** Joins the echo if there is one. */
    static Method join(Session session, Caller caller) throws SessionEnded, InterruptedException {
        if (caller.revision() == 3) {
            return Method.NAMESPACE;
        }
        session.say("0" + NAMESPACE + ",");
        String reply = session.await(caller.answer(), "0" + NAMESPACE + ",", "4" + NAMESPACE + ",");
        return reply != null && reply.startsWith("0") ? Method.ECHO : Method.NAMESPACE;
    }
}
