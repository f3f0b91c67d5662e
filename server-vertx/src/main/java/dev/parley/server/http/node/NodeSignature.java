package dev.parley.server.http.node;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests between servers with HMAC-SHA-256, and verifies them. The header {@value #HEADER} has eight fields, separated by semicolons: the version 1,
 * the tag of the server that is asked, the time in milliseconds, the sender and its number of the request (together the nonce), the client's address with
 * {@code s} in front if it used TLS and {@code p} if not, the SHA-256 of the body ({@code -} without one), and the HMAC over method, path with query, and the
 * fields before. Immutable; any thread.
 */
public final class NodeSignature {
    /** The name of the header. */
    public static final String HEADER = "Parley-Node";

    private static final String VERSION = "1";
    private static final String NO_BODY = "-";
    private static final int FIELDS = 8;
    private static final int MAX_LENGTH = 500;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** One for each secret, to be cloned: looking for the provider takes longer than the HMAC. */
    private final List<Mac> secrets;

    /** @param secrets the first signs, each of them verifies */
    public NodeSignature(List<byte[]> secrets) {
        this.secrets = secrets.stream().map(NodeSignature::mac).toList();
    }

    /**
     * The signed fields beside method and path.
     *
     * @param to      the tag of the server that is asked
     * @param time    at which it was signed, in milliseconds of the cluster's time
     * @param sender  made at random by the process that signed
     * @param number  of the request, counted by the sender
     * @param address of the client; empty if it is not known
     * @param secure  whether the client used TLS
     * @param body    the hash of the body
     */
    public record Fields(String to, long time, String sender, long number, String address, boolean secure,
            String body) {
        private String text() {
            return VERSION + ';' + to + ';' + time + ';' + sender + ';' + number + ';' + (secure ? 's' : 'p')
                    + address + ';' + body;
        }
    }

    /** Returns the value of the header for a request. */
    public String sign(String method, String uri, Fields fields) {
        String text = fields.text();
        return text + ';' + hmac(secrets.getFirst(), method, uri, text);
    }

    /** Returns what a request's header says; empty if it is malformed, or none of the secrets has signed it. */
    public Optional<Fields> verify(String method, String uri, String header) {
        int last = header.lastIndexOf(';');
        if (last < 0 || header.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String text = header.substring(0, last);
        byte[] claimed = header.substring(last + 1).getBytes(StandardCharsets.ISO_8859_1);
        for (Mac secret : secrets) {
            byte[] right = hmac(secret, method, uri, text).getBytes(StandardCharsets.ISO_8859_1);
            if (MessageDigest.isEqual(right, claimed)) {
                return fields(text);
            }
        }
        return Optional.empty();
    }

    private static Optional<Fields> fields(String text) {
        String[] parts = text.split(";", -1);
        if (parts.length != FIELDS - 1 || !parts[0].equals(VERSION) || parts[5].isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Fields(parts[1], Long.parseLong(parts[2]), parts[3],
                    Long.parseLong(parts[4]), parts[5].substring(1), parts[5].charAt(0) == 's', parts[6]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns the hash of a body, as it is signed. */
    public static String hash(byte[] body) {
        if (body.length == 0) {
            return NO_BODY;
        }
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String hmac(Mac secret, String method, String uri, String text) {
        try {
            var mac = (Mac) secret.clone();
            return BASE64.encodeToString(
                    mac.doFinal((method + '\n' + uri + '\n' + text).getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the HMAC of the JDK can be cloned", e);
        }
    }

    private static Mac mac(byte[] secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
