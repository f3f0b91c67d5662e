package dev.parley.server.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Names the network that one client can take addresses from at will: the address of IPv4, the first 64 bits of IPv6. Stateless. */
public final class ClientNetwork {

    private static final int PREFIX_BYTES = 8;

    private ClientNetwork() {}

    /** Returns the network of an address that is written in digits; any other text is its own. Asks no name server. */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            int zone = address.indexOf('%');
            InetAddress parsed = InetAddress.getByName(zone < 0 ? address : address.substring(0, zone));
            if (!(parsed instanceof Inet6Address)) {
                return String.valueOf(parsed.getHostAddress()); // an IPv4 address in IPv6 form
            }
            byte[] bytes = parsed.getAddress();
            Arrays.fill(bytes, PREFIX_BYTES, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
        } catch (UnknownHostException unreadable) {
            return address;
        }
    }
}
