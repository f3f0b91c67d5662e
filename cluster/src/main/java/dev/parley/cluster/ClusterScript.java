package dev.parley.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script for {@link ClusterScripts}, which Redis runs as one step. It returns a table of texts and numbers. Immutable.
 *
 * @param text   in the Lua of Redis 7.0; all its keys are among {@code KEYS}
 * @param digest SHA-1 of the text, by which Redis knows a script that it has run
 */
public record ClusterScript(String text, String digest) {

    /** Returns the script with this text. */
    public static ClusterScript of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new ClusterScript(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
