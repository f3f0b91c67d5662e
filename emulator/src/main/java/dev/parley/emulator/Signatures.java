package dev.parley.emulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks AWS Signature Version 4 as the service does. The signature of the request begins a chain, in which each message signs its
 * predecessor's signature and itself. Written from the published rules. Not thread-safe: each stream has its own.
 */
final class Signatures {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final Pattern AUTHORIZATION = Pattern
            .compile("AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/bedrock/aws4_request, ?"
                    + "SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");
    private static final String STREAMING = "STREAMING-AWS4-HMAC-SHA256-EVENTS";
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] key;
    private final String scope;
    private String previous;

    private Signatures(byte[] key, String scope, String previous) {
        this.key = key;
        this.scope = scope;
        this.previous = previous;
    }

    /** Reason for the rejection of a request, in the service's terms. */
    record Refusal(String type, String message) {}

    /** Request as it was signed; its path is not decoded. */
    record Request(String path, String authority, UnaryOperator<String> header) {}

    /** Signatures of a valid request, or the reason for its rejection. */
    record Checked(Optional<Signatures> signatures, Optional<Refusal> refusal) {}

    static Checked check(Request request, Map<String, String> secrets, Instant now) {
        String authorization = request.header().apply("authorization");
        var parts = AUTHORIZATION.matcher(authorization);
        if (!parts.matches()) {
            return refuse("MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        String secret = secrets.get(parts.group(1));
        if (secret == null) {
            return refuse("UnrecognizedClientException",
                    "The security token included in the request is invalid.");
        }
        String time = request.header().apply("x-amz-date");
        Optional<Instant> signed = instant(time);
        if (signed.isEmpty()) {
            return refuse("IncompleteSignatureException",
                    "Date must be in the basic format of ISO-8601: yyyyMMddTHHmmssZ.");
        }
        if (!STREAMING.equals(request.header().apply("x-amz-content-sha256"))
                || !time.startsWith(parts.group(2)) || !near(signed.get(), now)) {
            return refuse("InvalidSignatureException", "Signature expired or not that of a stream");
        }
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(parts.group(2), parts.group(3), "bedrock", "aws4_request")) {
            key = hmac(key, part);
        }
        String scope = parts.group(2) + "/" + parts.group(3) + "/bedrock/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n"
                + sha256(canonical(request, parts.group(4)).getBytes(StandardCharsets.UTF_8));
        if (!HEX.formatHex(hmac(key, toSign)).equals(parts.group(5))) {
            return refuse("InvalidSignatureException",
                    "The request signature we calculated does not match the signature you provided.");
        }
        return new Checked(Optional.of(new Signatures(key, scope, parts.group(5))), Optional.empty());
    }

    private static Checked refuse(String type, String message) {
        return new Checked(Optional.empty(), Optional.of(new Refusal(type, message)));
    }

    private static Optional<Instant> instant(String time) {
        try {
            return Optional.of(Instant.from(TIME.parse(time)));
        } catch (DateTimeException _none) {
            return Optional.empty();
        }
    }

    private static boolean near(Instant signed, Instant now) {
        return Duration.between(signed, now).abs().toMinutes() < 5;
    }

    /** Returns the canonical request. Each segment of the path is encoded once more than on the wire. */
    private static String canonical(Request request, String signedHeaders) {
        String headers = List.of(signedHeaders.split(";"))
                .stream()
                .map(name -> name + ":"
                        + (name.equals("host") ? request.authority()
                                : request.header().apply(name).strip().replaceAll(" +", " "))
                        + "\n")
                .collect(Collectors.joining());
        return "POST\n" + request.path().replace("%", "%25") + "\n\n" + headers + "\n" + signedHeaders + "\n"
                + STREAMING;
    }

    /** Returns whether the next message of the stream has the right signature. */
    boolean next(Frame frame) {
        if (!(frame.headers().get(":date") instanceof Instant date)
                || !(frame.headers().get(":chunk-signature") instanceof byte[] signature)) {
            return false;
        }
        String toSign = "AWS4-HMAC-SHA256-PAYLOAD\n" + TIME.format(date) + "\n" + scope + "\n" + previous
                + "\n" + sha256(Frame.encode(Map.of(":date", date))) + "\n" + sha256(frame.payload());
        byte[] expected = hmac(key, toSign);
        previous = HEX.formatHex(expected);
        return MessageDigest.isEqual(expected, signature);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
