package dev.parley.doctor.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The headers of a response, in the order of arrival. */
public record HttpHeaders(List<Header> list) {
    public static final HttpHeaders NONE = new HttpHeaders(List.of());

    public HttpHeaders {
        list = List.copyOf(list);
    }

    /** One header line. */
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

    /** Returns true if the header exists and its value contains the text, ignoring case. */
    public boolean contains(String name, String text) {
        return all(name).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
    }

    /** Returns the names of the cookies that a browser also sends from pages of other sites. */
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

    /** Returns the names of the cookies that the response sets. Their values may be secret. */
    public List<String> cookieNames() {
        var names = new TreeSet<String>();
        all("set-cookie")
                .forEach(cookie -> names.add(cookie.substring(0, Math.max(0, cookie.indexOf('='))).strip()));
        names.remove("");
        return List.copyOf(names);
    }
}
