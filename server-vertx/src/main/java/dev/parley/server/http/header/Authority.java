package dev.parley.server.http.header;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host and its port, RFC 3986, section 3.2, in one spelling of the host: lower case, without the dot of an absolute name, IPv6 in brackets
 * and as Java writes it.
 *
 * @param host empty where the text was
 * @param port -1 when none was given
 */
public record Authority(String host, int port) {
    private static final int MAX_LENGTH = 300;
    private static final int MAX_PORT = 65_535;
    private static final String NAME_CHARACTERS = "-._~!$&'()*+,;=";

    /** Returns the authority that a text names; null if it names none. */
    public static @Nullable Authority parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        if (text.startsWith("[") && end == 0) {
            return null;
        }
        String host = end < 0 ? text : text.substring(0, end);
        String rest = end < 0 ? "" : text.substring(end);
        if (!rest.isEmpty() && rest.charAt(0) != ':') {
            return null;
        }
        String name = host.startsWith("[") ? address(host) : name(host);
        int port = rest.length() < 2 ? -1 : port(rest.substring(1));
        return name == null || port < -1 || (name.isEmpty() && !rest.isEmpty()) ? null
                : new Authority(name, port);
    }

    /**
     * Returns the host for which a request was made, as the client wrote it: the request target's (RFC 9112, section 3.2.2), the {@code
     * :authority} of HTTP/2, or the {@code Host} header. Null if it has none.
     */
    public static @Nullable String of(HttpServerRequest request) {
        if (!isHttp1(request)) {
            var authority = request.authority();
            return authority == null ? null : authority.toString();
        }
        String target = request.uri();
        if (target.startsWith("/")) {
            return request.getHeader("Host");
        }
        int scheme = target.indexOf("://");
        if (scheme < 0 || !target.substring(0, scheme).matches("(?i)https?")) {
            return request.getHeader("Host");
        }
        int from = scheme + 3;
        int to = from;
        while (to < target.length() && "/?#".indexOf(target.charAt(to)) < 0) {
            to++;
        }
        return target.substring(from, to);
    }

    public static boolean isHttp1(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1 || request.version() == HttpVersion.HTTP_1_0;
    }

    private static @Nullable String address(String bracketed) {
        String address = bracketed.substring(1, bracketed.length() - 1);
        byte[] bytes = address.indexOf('%') >= 0 || !NetUtil.isValidIpV6Address(address) ? null
                : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length != 16) {
            return null;
        }
        try {
            return "[" + NetUtil.toAddressString(InetAddress.getByAddress(bytes)) + "]";
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable String name(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean escape = c == '%' && i + 2 < host.length() && Character.digit(host.charAt(i + 1), 16) >= 0
                    && Character.digit(host.charAt(i + 2), 16) >= 0;
            if (!escape && !isAlphanumeric(c) && NAME_CHARACTERS.indexOf(c) < 0) {
                return null;
            }
        }
        String absolute = host.toLowerCase(Locale.ROOT);
        return absolute.length() > 1 && absolute.endsWith(".") ? absolute.substring(0, absolute.length() - 1)
                : absolute;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Returns the port; less than -1 when the text is no port. */
    public static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -2;
        }
        int port = Integer.parseInt(digits);
        return port > MAX_PORT ? -2 : port;
    }
}
