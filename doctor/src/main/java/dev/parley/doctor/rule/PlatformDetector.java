package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Detects the platforms on the path of the requests from host name, headers and cookies. */
public final class PlatformDetector {

    private PlatformDetector() {}

    /** A platform, and the sign that identified it. */
    public record Detected(Platform platform, String sign) {}

    /** A sign of a platform. With an empty {@code value}, the header, the cookie or the suffix of the host name is enough. */
    private record Sign(Platform platform, Kind kind, String name, String value) {
        private enum Kind {
            HOST,
            HEADER,
            COOKIE
        }
    }

    /** More specific signs first; a platform precedes the components that it is built of. */
    private static final List<Sign> SIGNS = List.of(host(Platform.APP_RUNNER, ".awsapprunner.com"),
            host(Platform.ECS_EXPRESS, ".on.aws", ".ecs."), host(Platform.CLOUD_RUN, ".run.app"),
            host(Platform.HEROKU, ".herokuapp.com"), host(Platform.AZURE, ".azurewebsites.net"),
            host(Platform.FLY, ".fly.dev"), host(Platform.RENDER, ".onrender.com"),
            host(Platform.ALB, ".elb.amazonaws.com"), header(Platform.CLOUDFLARE, "cf-ray", ""),
            header(Platform.CLOUDFLARE, "server", "cloudflare"), header(Platform.FLY, "fly-request-id", ""),
            header(Platform.FLY, "server", "fly/"), header(Platform.RENDER, "x-render-origin-server", ""),
            header(Platform.HEROKU, "via", "vegur"), header(Platform.HEROKU, "server", "heroku"),
            header(Platform.HEROKU, "via", "heroku-router"),
            header(Platform.CLOUD_RUN, "server", "google frontend"), cookie(Platform.CLOUD_RUN, "GAESA"),
            cookie(Platform.AZURE, "ARRAffinity"), cookie(Platform.AZURE, "ARRAffinitySameSite"),
            cookie(Platform.ALB, "AWSALB"), cookie(Platform.ALB, "AWSALBCORS"),
            cookie(Platform.ALB, "AWSALBTG"), cookie(Platform.ALB, "AWSALBAPP-0"),
            header(Platform.ALB, "server", "awselb"), header(Platform.ENVOY, "server", "envoy"),
            header(Platform.ENVOY, "x-envoy-upstream-service-time", ""),
            header(Platform.NGINX, "server", "nginx"), header(Platform.NGINX, "server", "openresty"),
            header(Platform.HAPROXY, "server", "haproxy"), cookie(Platform.HAPROXY, "SERVERID"),
            cookie(Platform.HAPROXY, "SRVNAME"));

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
        for (var sign : SIGNS) {
            seen(sign, host, responses, cookies)
                    .filter(how -> known.stream().noneMatch(one -> one.platform() == sign.platform()))
                    .ifPresent(how -> known.add(new Detected(sign.platform(), how)));
        }
        if (known.isEmpty() && responses.stream().anyMatch(PlatformDetector::isHaproxyPage)) {
            known.add(new Detected(Platform.HAPROXY, "the wording of an error page"));
        }
        return known;
    }

    /** Returns the platform whose settings matter most. */
    public static Platform main(EvidenceLog log) {
        return of(log).stream().map(Detected::platform).findFirst().orElse(Platform.UNKNOWN);
    }

    private static Optional<String> seen(Sign sign, String host, List<Response> responses,
            List<String> cookies) {
        return switch (sign.kind()) {
            case HOST ->
                host.endsWith(sign.name()) && host.contains(sign.value()) ? Optional.of("the host name")
                        : Optional.empty();
            case COOKIE ->
                cookies.contains(sign.name()) ? Optional.of("the cookie " + sign.name()) : Optional.empty();
            case HEADER -> responses.stream()
                    .filter(response -> sign.value().isEmpty()
                            ? response.headers().first(sign.name()).isPresent()
                            : response.headers().contains(sign.name(), sign.value()))
                    .findFirst()
                    .map(response -> "the header " + sign.name() + (sign.value().isEmpty() ? ""
                            : ": " + response.headers().first(sign.name()).orElse("")));
        };
    }

    /** HAProxy sends no name, but its error pages have fixed texts. */
    private static boolean isHaproxyPage(Response response) {
        String text = response.text();
        return text.startsWith("<html><body><h1>")
                && (text.contains("No server is available to handle this request.")
                        || text.contains("The server didn't respond in time.")
                        || text.contains("Request forbidden by administrative rules."));
    }

    private static Sign host(Platform platform, String ending) {
        return host(platform, ending, "");
    }

    private static Sign host(Platform platform, String ending, String part) {
        return new Sign(platform, Sign.Kind.HOST, ending, part);
    }

    private static Sign header(Platform platform, String name, String value) {
        return new Sign(platform, Sign.Kind.HEADER, name, value);
    }

    private static Sign cookie(Platform platform, String name) {
        return new Sign(platform, Sign.Kind.COOKIE, name, "");
    }
}
