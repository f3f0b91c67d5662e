package dev.parley.assistant.mcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Builds the names of the servers' tools for models: {@code mcp__server__tool}, at most 64 letters, digits, hyphens and underscores. */
final class ToolNames {

    static final String PREFIX = "mcp__";
    private static final int LONGEST = 64;

    private ToolNames() {}

    /** Returns a name that differs for every server and tool: a name that has to be changed ends with a fingerprint of the original. */
    static String of(String server, String tool) {
        var plain = tool.replaceAll("[^A-Za-z0-9_-]", "_");
        var name = PREFIX + server + "__" + plain;
        if (plain.equals(tool) && name.length() <= LONGEST) {
            return name;
        }
        var print = "_" + fingerprint(tool);
        return name.substring(0, Math.min(name.length(), LONGEST - print.length())) + print;
    }

    private static String fingerprint(String tool) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(tool.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
