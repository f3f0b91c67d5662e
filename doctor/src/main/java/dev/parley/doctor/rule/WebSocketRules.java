package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Habit;
import dev.parley.doctor.evidence.Evidence.Stage;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** WebSocket, opened directly and by an upgrade. */
final class WebSocketRules {

    private WebSocketRules() {}

    static List<Finding> judge(CaseFile file) {
        var findings = new ArrayList<Finding>();
        boolean offered = file.handshakeByPolling().map(Handshake::offersWebSocket).orElse(true);
        var direct = file.first(Evidence.WebSocket.class);
        if (!offered) {
            findings.add(off(direct.map(seen -> HandshakeRules.shown(seen.outcome())).orElse("")));
            return findings;
        }
        // Where not even polling is answered, WebSocket fails for the same reason, which has been said.
        boolean answered = file.handshakeByPolling().isPresent();
        direct.filter(seen -> answered || seen.handshake().isPresent())
                .ifPresent(seen -> findings.add(direct(file, seen)));
        boolean works = direct.flatMap(Evidence.WebSocket::handshake).isPresent();
        file.first(Evidence.Upgrade.class)
                .filter(seen -> works || seen.stage() == Stage.DONE)
                .ifPresent(seen -> findings.add(upgrade(file, seen)));
        return findings;
    }

    private static Finding off(String shown) {
        return Finding.impaired(Cause.WEBSOCKET_OFF, "The server offers no WebSocket",
                "The handshake lists no upgrade, so clients stay on polling. That is a choice in the server's settings, not a fault of the way.",
                "upgrades: []", shown.isEmpty() ? "not tried" : "a WebSocket was answered: " + shown)
                .fix("transports: [\"polling\", \"websocket\"] on the server, if polling alone is not on purpose.")
                .but(Severity.NOTE);
    }

    private static Finding direct(CaseFile file, Evidence.WebSocket seen) {
        var platform = Recognition.main(file);
        String shown = HandshakeRules.shown(seen.outcome());
        if (seen.handshake().isPresent()) {
            return Finding.fine(Cause.WEBSOCKET_WORKS, "A WebSocket opens",
                    "101, first frame after " + Numbers.time(seen.firstFrame()));
        }
        if (seen.outcome().hasStatus(101)) {
            return Finding.impaired(Cause.WEBSOCKET_SILENT, "A WebSocket opens, then nothing passes",
                    "Something between agrees to the upgrade and swallows the frames. Clients lose upgradeTimeout or connectTimeout on it, then go on by polling, if they began with it.",
                    shown, "no frame within " + Numbers.time(seen.firstFrame()))
                    .fix("Find the proxy, scanner or antivirus that handles WebSocket on this way and exempt the address; use TLS, which it cannot look into. Until then: transports: [\"polling\"].")
                    .but(Confidence.LIKELY);
        }
        return seen.outcome()
                .answer()
                .map(answer -> refused(answer, platform, shown))
                .orElseGet(() -> closed(seen.outcome(), platform));
    }

    private static Finding refused(Answer answer, Platform platform, String shown) {
        if (answer.hasEngineCode(3) || (answer.status() == 200 && answer.text().contains("0{"))
                || answer.status() == 426
                || (answer.status() == 400 && answer.text().toLowerCase(Locale.ROOT).contains("upgrade"))) {
            return Finding.impaired(Cause.WEBSOCKET_HEADERS_LOST,
                    "The headers of the upgrade do not reach the server",
                    "A proxy on the way drops Upgrade and Connection, so the server sees an ordinary request. Clients stay on polling.",
                    shown).fix(Remedies.webSocket(platform));
        }
        if (answer.hasEngineCode(0)) {
            return off(shown);
        }
        if (answer.engineCode().isPresent()) {
            return Finding.impaired(Cause.WEBSOCKET_REFUSED, "The server itself refuses WebSocket",
                    "The answer is of Engine.IO: the origin, a token or a rule in allowRequest. Clients stay on polling.",
                    shown).fix("Look at what the server checks when a WebSocket is opened.");
        }
        return Finding.impaired(Cause.WEBSOCKET_REFUSED,
                "WebSocket is refused with " + answer.status() + " by " + who(answer, platform),
                "The platform does not let WebSocket through. A connection that begins with polling stays on it and works; one that begins with websocket fails.",
                shown).fix(Remedies.webSocket(platform));
    }

    private static Finding closed(Outcome outcome, Platform platform) {
        return Finding.impaired(Cause.WEBSOCKET_REFUSED, "WebSocket is cut off",
                "Something between closes the connection, or lets it hang, when it sees an upgrade. Clients stay on polling.",
                HandshakeRules.shown(outcome)).fix(Remedies.webSocket(platform)).but(Confidence.LIKELY);
    }

    static String who(Answer answer, Platform platform) {
        return answer.headers()
                .first("server")
                .map(name -> name.equals("envoy") ? "Envoy" : name)
                .orElse(platform == Platform.UNKNOWN ? "something on the way" : platform.title());
    }

    private static Finding upgrade(CaseFile file, Evidence.Upgrade seen) {
        String shown = HandshakeRules.shown(seen.outcome());
        boolean unknown = seen.outcome().answer().filter(answer -> answer.hasEngineCode(1)).isPresent();
        if (unknown) {
            return Finding.impaired(Cause.UPGRADE_ELSEWHERE,
                    "The upgrade reaches another server than the session",
                    "The WebSocket of a polling session is led to a server that does not know it. Clients try, fail, and stay on polling.",
                    shown).fix(Remedies.affinity(Recognition.main(file)));
        }
        return switch (seen.stage()) {
            case DONE -> Finding.fine(Cause.UPGRADE_WORKS, "Polling moves to WebSocket",
                    "opened after " + Numbers.time(seen.opened()) + ", probe answered after "
                            + Numbers.time(seen.probed()) + ", traffic after " + Numbers.time(seen.done()));
            case REFUSED, NO_PROBE_ANSWER, NO_TRAFFIC_AFTER -> Finding.impaired(Cause.UPGRADE_FAILS,
                    "The move from polling to WebSocket fails",
                    "A WebSocket alone works, but not the upgrade of a session: clients that begin with polling stay on it.",
                    shown, switch (seen.stage()) {
                        case REFUSED ->
                            "the upgrade request was refused after " + Numbers.time(seen.opened());
                        case NO_PROBE_ANSWER ->
                            "the probe was not answered within " + Numbers.time(seen.done());
                        case NO_TRAFFIC_AFTER ->
                            "no traffic passed after the upgrade, within " + Numbers.time(seen.done());
                        case DONE -> "";
                    })
                    .fix(Remedies.affinity(Recognition.main(file)))
                    .but(file.affinity(Habit.NEW_CONNECTIONS)
                            .filter(affinity -> affinity.lost() > 0)
                            .isPresent() ? Confidence.LIKELY : Confidence.POSSIBLE);
        };
    }
}
