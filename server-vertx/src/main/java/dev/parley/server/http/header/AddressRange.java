package dev.parley.server.http.header;

import io.netty.util.NetUtil;
import java.util.Optional;

/**
 * A range of IP addresses with a common prefix.
 *
 * @param prefix an address of the range, four or sixteen bytes
 * @param bits   length of the common prefix
 */
public record AddressRange(byte[] prefix, int bits) {

    /** Reads {@code 10.0.0.0/8}, {@code fc00::/7}, or one address. Never asks the name service. */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = NetUtil
                .createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw wrong(text);
        }
        int bits = 8 * address.length;
        if (slash >= 0) {
            String length = text.substring(slash + 1);
            if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
                throw wrong(text);
            }
            bits = Integer.parseInt(length);
        }
        return new AddressRange(address, bits);
    }

    public boolean contains(String text) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
        if (address == null || address.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the address in an element of a header: bare, in brackets, or with a port. An IPv4-mapped IPv6 address is returned as IPv4.
     */
    public static Optional<String> address(String hop) {
        String bare = hop;
        if (hop.startsWith("[") && hop.indexOf(']') > 0) {
            bare = hop.substring(1, hop.indexOf(']'));
        } else if (hop.indexOf(':') == hop.lastIndexOf(':') && hop.indexOf(':') > 0) {
            bare = hop.substring(0, hop.indexOf(':'));
        }
        if (bare.regionMatches(true, 0, "::ffff:", 0, 7) && NetUtil.isValidIpV4Address(bare.substring(7))) {
            bare = bare.substring(7);
        }
        return NetUtil.createByteArrayFromIpAddressString(bare) == null ? Optional.empty()
                : Optional.of(bare);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("\"" + text + "\" is no address and no range like 10.0.0.0/8");
    }
}
