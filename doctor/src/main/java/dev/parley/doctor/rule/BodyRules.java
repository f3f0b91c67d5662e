package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;

/** Sizes and bytes: limits, compression, corruption. */
final class BodyRules {
    /** What a server with a sensible threshold sends as it is. */
    private static final int TINY = 1_024;

    private BodyRules() {}

    static List<Finding> judge(CaseFile file) {
        var findings = new ArrayList<Finding>();
        file.first(Evidence.Payload.class).ifPresent(seen -> findings.add(payload(file, seen)));
        file.first(Evidence.Compression.class).ifPresent(seen -> compression(file, seen, findings));
        file.all(Evidence.Binary.class).forEach(seen -> findings.add(binary(file, seen)));
        return findings;
    }

    private static Finding payload(CaseFile file, Evidence.Payload seen) {
        String announced = seen.announced() == 0 ? "the handshake announces no maxPayload"
                : "maxPayload " + seen.announced() + " bytes";
        String below = seen.triedBytes() + " bytes: " + HandshakeRules.shown(seen.below());
        if (!seen.below().hasStatus(200)) {
            String passes = seen.passes() == 0 ? "no smaller body that was tried passes either"
                    : seen.passes() + " bytes pass";
            if (seen.announced() == 0 && Recognition.main(file) == Platform.UNKNOWN) {
                return Finding.note(Cause.PAYLOAD_LIMITED,
                        "Bodies of " + seen.triedBytes() + " bytes are refused",
                        "The server announces no limit; its own may be that small, or that of a proxy. Messages over polling above it end the connection.",
                        announced, below, passes)
                        .fix("If you send such messages, raise the server's limit (netty-socketio: maxHttpContentLength, 64 KB unless set) and the proxy's.")
                        .but(Confidence.LIKELY);
            }
            return Finding.impaired(Cause.PAYLOAD_LIMITED,
                    "Bodies that the server allows are refused on the way",
                    "Messages over polling above that size end the connection, and a client sends again and again what cannot pass.",
                    announced, below, passes)
                    .fix(Remedies.payload(Recognition.main(file), seen.triedBytes(), seen.passes()))
                    .but(seen.below().hasStatus(413) ? Confidence.CERTAIN : Confidence.LIKELY);
        }
        var above = seen.above();
        if (above.isPresent() && above.get().hasStatus(200)) {
            return Finding.note(Cause.PAYLOAD_UNCHECKED, "The server takes more than it announces",
                    "A limit that is announced but not kept protects nobody.", announced, below,
                    "one byte more than announced: HTTP 200");
        }
        return Finding.fine(Cause.PAYLOAD_PASSES, "Bodies of the announced size pass", announced, below,
                above.map(outcome -> "one byte more than announced: " + HandshakeRules.shown(outcome))
                        .orElse("more was not tried, to spare the server"));
    }

    private static void compression(CaseFile file, Evidence.Compression seen, List<Finding> findings) {
        if (!seen.intact()) {
            findings.add(Finding
                    .broken(Cause.CORRUPTED, "A compressed answer does not decode",
                            "What is marked " + seen.encoding() + " is not: browsers drop the answer.",
                            "content-encoding: " + seen.encoding())
                    .fix(Remedies.buffering(Recognition.main(file))));
        } else if (!seen.encoding().isEmpty() && seen.plainBytes() < TINY) {
            findings.add(Finding.note(Cause.COMPRESSED, "Even tiny answers are compressed",
                    "A box on the way, or a server without a threshold, compresses what only grows by it: each push waits for a compressor.",
                    "an answer of " + seen.plainBytes() + " bytes came as " + seen.encoding() + " of "
                            + seen.wireBytes() + " bytes",
                    "content-type: " + seen.contentType())
                    .fix("Leave this path out of compression (nginx: gzip off; in its location), or set a threshold of 1024 bytes.")
                    .but(Confidence.LIKELY));
        }
    }

    private static Finding binary(CaseFile file, Evidence.Binary seen) {
        return seen.intact() ? Finding.fine(Cause.BINARY_INTACT,
                "Binary comes back byte for byte over " + seen.transport(), seen.bytes() + " bytes echoed")
                : Finding.broken(Cause.CORRUPTED, "Binary is changed on the way over " + seen.transport(),
                        "What is sent is not what arrives: audio turns into noise.", seen.difference())
                        .fix("Find what rewrites bodies on this path. "
                                + Remedies.buffering(Recognition.main(file)));
    }
}
