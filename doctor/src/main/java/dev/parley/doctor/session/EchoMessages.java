package dev.parley.doctor.session;

import dev.parley.doctor.evidence.Evidence.EchoMethod;
import dev.parley.protocol.engine.EnginePacket;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Builds and recognises the messages that measure round trips. Parley's server echoes in the namespace {@value #NAMESPACE}. Other servers
 * refuse an unknown namespace with a CONNECT_ERROR that names it, and no application is involved.
 */
public final class EchoMessages {
    public static final String NAMESPACE = "/parley-doctor";
    private static final String UNKNOWN_PREFIX = NAMESPACE + "-nobody-";
    private static final Pattern REFUSAL = Pattern.compile("^[04]" + UNKNOWN_PREFIX + "(\\d{1,6})\\b");
    private static final Pattern ACK = Pattern.compile("^3" + NAMESPACE + ",(\\d{1,6})\\[");

    private EchoMessages() {}

    /** Returns a CONNECT to an unknown namespace, which every server refuses. */
    public static String request(int number) {
        return "0" + UNKNOWN_PREFIX + number + ",";
    }

    public static EnginePacket frame(EchoMethod method, int number, String audio) {
        return new EnginePacket.Message(switch (method) {
            case ECHO -> "2" + NAMESPACE + "," + number + "[\"echo\",\"" + audio + "\"]";
            case NAMESPACE -> "0" + UNKNOWN_PREFIX + number + ",{\"audio\":\"" + audio + "\"}";
        });
    }

    /** Returns the number of the request that a packet answers. */
    public static OptionalInt answeredNumber(EnginePacket packet) {
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

    /** Joins the echo namespace; returns {@code NAMESPACE} if the server has none. */
    public static EchoMethod join(ProbeSession session, ProbeClient client)
            throws SessionEndedException, InterruptedException {
        if (client.revision() == 3) {
            return EchoMethod.NAMESPACE;
        }
        session.sendMessage("0" + NAMESPACE + ",");
        String reply = session.awaitMessage(client.responseTimeout(), "0" + NAMESPACE + ",",
                "4" + NAMESPACE + ",");
        return reply != null && reply.startsWith("0") ? EchoMethod.ECHO : EchoMethod.NAMESPACE;
    }
}
