package dev.parley.cluster.member;

import java.util.Optional;

/**
 * A server of the cluster.
 *
 * @param tag      its node tag: the prefix of the ids of its sessions
 * @param instance made at random when it joined: two servers with the same tag differ in it
 * @param address  of its listener for other servers; empty if they cannot reach it
 * @param version  of the messages between servers that it understands
 * @param draining whether it opens no more sessions
 */
public record Member(String tag, String instance, Optional<NodeAddress> address, int version,
        boolean draining) {
    /** The version of the messages between servers. A server understands the one before, too. */
    public static final int VERSION = 1;

    private static final int FIELDS = 4;

    /** Returns the text under which Redis keeps the member: instance, version, {@code 1} if it drains, and address, separated by {@code |}. */
    public String text() {
        return instance + "|" + version + "|" + (draining ? "1" : "0") + "|"
                + address.map(NodeAddress::toString).orElse("");
    }

    /** Reads such a text; empty if it is none. */
    static Optional<Member> parse(String tag, String text) {
        String[] fields = text.split("\\|", -1);
        if (fields.length < FIELDS || !tag.matches("[A-Za-z0-9]{1,16}") || !fields[0].matches("[0-9a-f]{16}")
                || !fields[1].matches("[0-9]{1,4}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Member(tag, fields[0],
                    fields[3].isEmpty() ? Optional.empty() : Optional.of(NodeAddress.parse(fields[3])),
                    Integer.parseInt(fields[1]), fields[2].equals("1")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
