package dev.parley.doctor.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The headers of an answer, in the order they came. */
public record Headers(List<Header> list) {
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        list = List.copyOf(list);
    }

    /** One line of a head. */
    public record Header(String name, String value) {}

    public Optional<String> first(String name) {
        return list.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    public List<String> all(String name) {
        return list.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** Whether the header is there and its value contains the text, in any case. */
    public boolean says(String name, String text) {
        return all(name).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }

    /** The names of the cookies that a browser sends from pages of other sites, too. */
    public Set<String> crossSiteCookieNames() {
        var names = new TreeSet<String>();
        for (String cookie : all("set-cookie")) {
            String attributes = cookie.replaceFirst("^[^;]*", "").toLowerCase(Locale.ROOT);
            if (attributes.matches(".*;\\s*samesite\\s*=\\s*none\\s*(;.*)?")
                    && attributes.matches(".*;\\s*secure\\s*(;.*)?")) {
                names.add(cookie.substring(0, Math.max(0, cookie.indexOf('='))).strip());
            }
        }
        return names;
    }

    /** The names of the cookies set; their values are nobody's business. */
    public List<String> cookieNames() {
        var names = new TreeSet<String>();
        all("set-cookie")
                .forEach(cookie -> names.add(cookie.substring(0, Math.max(0, cookie.indexOf('='))).strip()));
        names.remove("");
        return List.copyOf(names);
    }
}
