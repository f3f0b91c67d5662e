package dev.parley.doctor.software;

import dev.parley.doctor.evidence.Certificate;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Detects software on the path of the requests from host name, certificate, headers, cookies and error pages. Stateless. */
public final class PlatformDetector {

    private PlatformDetector() {}

    /**
     * Recognised software.
     *
     * @param sign   what identified it
     * @param source where this sign is documented, or that it was run
     */
    public record Detected(Platform platform, String sign, String source) {

        /** Returns whether the recognition rests on documentation only. */
        public boolean isLikely() {
            return !source.equals(PlatformSigns.RUN);
        }

        /** Returns the name with the sign. */
        public String description() {
            return platform.title() + " (" + (isLikely() ? "likely, " : "") + "by " + sign + ")";
        }
    }

    /** Returns each detected platform once, the most specific first. */
    public static List<Detected> of(EvidenceLog log) {
        var known = new ArrayList<Detected>();
        String host = log.first(Evidence.Reach.class)
                .map(Evidence.Reach::host)
                .orElse("")
                .toLowerCase(Locale.ROOT);
        var responses = log.responses().toList();
        var cookies = Stream
                .concat(log.all(Evidence.Affinity.class).flatMap(affinity -> affinity.cookies().stream()),
                        responses.stream().flatMap(response -> response.headers().cookieNames().stream()))
                .toList();
        var names = log.all(Evidence.Reach.class)
                .flatMap(reach -> reach.certificate().map(Certificate::names).stream())
                .flatMap(List::stream)
                .toList();
        for (var sign : PlatformSigns.ALL) {
            seen(sign, host, responses, cookies, names)
                    .filter(how -> known.stream().noneMatch(one -> one.platform() == sign.platform()))
                    .ifPresent(how -> known.add(new Detected(sign.platform(), how, sign.source())));
        }
        log.first(Evidence.DevServer.class)
                .ifPresent(dev -> known.addFirst(new Detected(dev.vite() ? Platform.VITE : Platform.WEBPACK,
                        "a page of its own",
                        dev.vite() ? "Vite: /@vite/client" : "webpack-dev-server: /webpack-dev-server")));
        if (log.first(Evidence.Ready.class).isPresent()) {
            known.add(new Detected(Platform.PARLEY, "its response to /health/ready", PlatformSigns.RUN));
        }
        return known;
    }

    /** Returns the component in front of the server whose settings matter most. */
    public static Platform main(EvidenceLog log) {
        return of(log).stream()
                .map(Detected::platform)
                .filter(platform -> !platform.isServer())
                .findFirst()
                .orElse(Platform.UNKNOWN);
    }

    /** Returns whether this software was recognised. */
    public static boolean has(EvidenceLog log, Platform platform) {
        return of(log).stream().anyMatch(one -> one.platform() == platform);
    }

    private static Optional<String> seen(PlatformSigns.Sign sign, String host, List<Response> responses,
            List<String> cookies, List<String> names) {
        return switch (sign.kind()) {
            case HOST ->
                host.endsWith(sign.name()) && host.contains(sign.value()) ? Optional.of("the host name")
                        : Optional.empty();
            case COOKIE ->
                cookies.contains(sign.name()) ? Optional.of("the cookie " + sign.name()) : Optional.empty();
            case CERTIFICATE -> names.stream().anyMatch(name -> name.endsWith(sign.name()))
                    ? Optional.of("its default certificate")
                    : Optional.empty();
            case PAGE -> responses.stream().anyMatch(response -> response.text().contains(sign.name()))
                    ? Optional.of("the wording of an error page")
                    : Optional.empty();
            case HEADER -> responses.stream()
                    .filter(response -> sign.value().isEmpty()
                            ? response.headers().first(sign.name()).isPresent()
                            : response.headers().contains(sign.name(), sign.value()))
                    .findFirst()
                    .map(response -> "the header " + sign.name() + (sign.value().isEmpty() ? ""
                            : ": " + response.headers().first(sign.name()).orElse("")));
        };
    }
}
