package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.software.Platform;
import dev.parley.doctor.software.PlatformDetector;
import dev.parley.doctor.software.Remedies;
import java.util.ArrayList;
import java.util.List;

/** Concludes from bodies: size limits, compression, corruption. */
final class BodyRules {
    /** Responses below this size are not worth compressing. */
    private static final int TINY = 1_024;

    private BodyRules() {}

    static List<Finding> evaluate(EvidenceLog log) {
        var findings = new ArrayList<Finding>();
        log.first(Evidence.Payload.class).ifPresent(seen -> findings.add(payload(log, seen)));
        log.first(Evidence.Compression.class).ifPresent(seen -> compression(log, seen, findings));
        log.all(Evidence.Binary.class).forEach(seen -> findings.add(binary(log, seen)));
        return findings;
    }

    private static Finding payload(EvidenceLog log, Evidence.Payload seen) {
        String announced = seen.announced() == 0 ? "the handshake announces no maxPayload"
                : "maxPayload " + seen.announced() + " bytes";
        String below = seen.triedBytes() + " bytes: " + HandshakeRules.shown(seen.below());
        if (!seen.below().hasStatus(200)) {
            String passes = seen.passes() == 0 ? "no smaller body that was tried passes either"
                    : seen.passes() + " bytes pass";
            if (seen.announced() == 0 && PlatformDetector.main(log) == Platform.UNKNOWN) {
                return Finding.note(Cause.PAYLOAD_LIMITED,
                        "Bodies of " + seen.triedBytes() + " bytes are refused",
                        "The server announces no limit. Its own limit or that of a proxy may be this small. Larger messages over polling end the connection.",
                        announced, below, passes)
                        .fix("If you send such messages, raise the server's limit (netty-socketio: maxHttpContentLength, 64 KB unless set) and the proxy's.")
                        .with(Confidence.LIKELY);
            }
            return Finding.impaired(Cause.PAYLOAD_LIMITED,
                    "Bodies that the server allows are refused before they reach it",
                    "Larger messages over polling end the connection, and the client repeats them without success.",
                    announced, below, passes)
                    .fix(Remedies.payload(PlatformDetector.main(log), seen.triedBytes(), seen.passes()))
                    .with(seen.below().hasStatus(413) ? Confidence.CERTAIN : Confidence.LIKELY);
        }
        var above = seen.above();
        if (above.isPresent() && above.get().hasStatus(200)) {
            return Finding.note(Cause.PAYLOAD_UNCHECKED, "The server accepts more than it announces",
                    "The server announces a limit, but does not enforce it.", announced, below,
                    "one byte more than announced: HTTP 200");
        }
        return Finding.ok(Cause.PAYLOAD_PASSES, "Bodies of the announced size pass", announced, below,
                above.map(outcome -> "one byte more than announced: " + HandshakeRules.shown(outcome))
                        .orElse("larger bodies were not tried, to limit the load"));
    }

    private static void compression(EvidenceLog log, Evidence.Compression seen, List<Finding> findings) {
        if (!seen.intact()) {
            findings.add(Finding
                    .broken(Cause.CORRUPTED, "A compressed response cannot be decoded",
                            "The body is marked " + seen.encoding()
                                    + " but is not. Browsers drop the response.",
                            "content-encoding: " + seen.encoding())
                    .fix(Remedies.buffering(PlatformDetector.main(log))));
        } else if (!seen.encoding().isEmpty() && seen.plainBytes() < TINY) {
            findings.add(Finding.note(Cause.COMPRESSED, "Even small responses are compressed",
                    "An intermediary, or a server without a threshold, compresses responses that only grow. Each message waits for the compressor.",
                    "a response of " + seen.plainBytes() + " bytes arrived as " + seen.encoding() + " of "
                            + seen.wireBytes() + " bytes",
                    "content-type: " + seen.contentType())
                    .fix(PlatformDetector.main(log) == Platform.NGINX
                            ? "In the location of Socket.IO: gzip off;"
                            : "Exclude this path from compression, or set a threshold of 1024 bytes.")
                    .with(Confidence.LIKELY));
        }
    }

    private static Finding binary(EvidenceLog log, Evidence.Binary seen) {
        return seen.intact()
                ? Finding.ok(Cause.BINARY_INTACT, "Binary data is unchanged over " + seen.transport(),
                        seen.bytes() + " bytes echoed")
                : Finding.broken(Cause.CORRUPTED, "Binary data is changed over " + seen.transport(),
                        "Received bytes differ from sent bytes: audio becomes noise.", seen.difference())
                        .fix("Find the component that rewrites bodies on this path. "
                                + Remedies.buffering(PlatformDetector.main(log)).words());
    }
}
