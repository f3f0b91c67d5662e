package dev.parley.assistant.tool;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The addresses that tools and MCP servers may reach over HTTP. Link-local addresses and those of the cloud's metadata services are not among them unless
 * that is allowed: who controls a name or a redirect could read the machine's credentials there. Immutable; thread-safe.
 *
 * @param linkLocal whether these addresses may be reached
 */
public record NetworkPolicy(boolean linkLocal) {

    /** Without link-local addresses and metadata services. */
    public static final NetworkPolicy GUARDED = new NetworkPolicy(false);

    /** Metadata services that are not link-local: AWS and Google over IPv6, Alibaba, Azure. */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254",
            "100.100.100.200", "168.63.129.16");

    /** 64:ff9b::/96, which translates IPv4 (RFC 6052). */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    /**
     * Checks an address before a request. Asks the name service, whose answer Java keeps for longer than until the connection. Blocks.
     *
     * @throws IOException if the name is unknown, or one of its addresses may not be reached; the message does not hold the address
     */
    public void require(URI address) throws IOException {
        if (linkLocal) {
            return;
        }
        String host = address.getHost();
        if (host == null) {
            throw new IOException("an address without a host");
        }
        require(List.of(InetAddress.getAllByName(host)));
    }

    void require(List<InetAddress> addresses) throws IOException {
        if (!linkLocal && addresses.stream().anyMatch(NetworkPolicy::isForbidden)) {
            throw new IOException(
                    "link-local addresses and metadata services may not be reached (allow-link-local)");
        }
    }

    private static boolean isForbidden(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16 && Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)) {
            return isForbidden(v4(Arrays.copyOfRange(bytes, 12, 16)));
        }
        return address.isLinkLocalAddress() || METADATA.contains(address.getHostAddress());
    }

    private static InetAddress v4(byte[] bytes) {
        try {
            return Inet4Address.getByAddress(bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
