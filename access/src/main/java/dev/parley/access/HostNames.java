package dev.parley.access;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names for which this server responds. A page of another site can make a browser connect to this machine under a name of its own that the name
 * service lets point here (DNS rebinding); the browser then takes the server for that site. So other names are refused. IP addresses and localhost
 * cannot point elsewhere and are always accepted. Immutable; thread-safe.
 */
public final class HostNames {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}\\]");

    private final Set<String> names;
    private final boolean any;

    private HostNames(Set<String> names, boolean any) {
        this.names = names;
        this.any = any;
    }

    /**
     * Returns the names of a server.
     *
     * @param publicUrls the origins at which people reach it; if there are any, only their hosts are accepted
     * @param local      whether only programs of this machine can connect; without public URLs, such a server accepts no name
     */
    public static HostNames of(List<String> publicUrls, boolean local) {
        return new HostNames(
                publicUrls.stream().map(url -> plain(URI.create(url).getHost())).collect(Collectors.toSet()),
                publicUrls.isEmpty() && !local);
    }

    /** Returns whether every name is accepted. */
    public boolean acceptsAny() {
        return any;
    }

    /**
     * Returns whether a request for this host is accepted.
     *
     * @param host of the header {@code Host}, without its port; IPv6 in brackets; empty if the request names none
     */
    public boolean accepts(String host) {
        if (any) {
            return true;
        }
        String name = plain(host);
        return names.contains(name) || name.equals("localhost") || isAddress(name);
    }

    /** Never asks the name service. */
    private static boolean isAddress(String name) {
        if (!IPV6.matcher(name).matches()) {
            return IPV4.matcher(name).matches();
        }
        try {
            return InetAddress.getByName(name).getAddress().length > 0;
        } catch (UnknownHostException malformed) {
            return false;
        }
    }

    /** Lower case, and without the dot of an absolute name. */
    private static String plain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
