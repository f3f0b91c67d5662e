package dev.parley.cluster.member;

/**
 * A host and a port.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 for any free port, where it is to be bound
 */
public record NodeAddress(String host, int port) {
    private static final int MAX_HOST = 255;
    private static final int MAX_PORT = 65_535;

    /** Checks the address. */
    public NodeAddress {
        if (!isHost(host) || port < 0 || port > MAX_PORT) {
            throw invalid(host + ":" + port);
        }
    }

    /**
     * Reads {@code HOST:PORT} or {@code [IPV6]:PORT}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static NodeAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw invalid(text);
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.contains(":") && !bracketed) {
            throw invalid(text);
        }
        return new NodeAddress(bracketed ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(text.substring(colon + 1)));
    }

    private static boolean isHost(String host) {
        return host.length() <= MAX_HOST && host.matches("[A-Za-z0-9._:%-]+");
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("\"" + text
                + "\" is not an address. Use HOST:PORT, such as 10.0.0.5:7100 or [fd00::5]:7100.");
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
