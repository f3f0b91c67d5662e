package dev.parley.app.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** The addresses that count as one client. */
public final class AddressGroup {

    private AddressGroup() {}

    /** Returns the name of an address's group: of IPv6 the first 64 bits, since a customer usually has all of the others; otherwise the address. */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress(); // a literal with a colon is never looked up
            return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) + "::/64" : address;
        } catch (UnknownHostException malformed) {
            return address;
        }
    }
}
