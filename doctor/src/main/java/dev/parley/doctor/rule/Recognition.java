package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells from host name, headers and cookies which platforms the requests pass. */
public final class Recognition {

    private Recognition() {}

    /** A platform, and by what it was known. */
    public record Known(Platform platform, String sign) {}

    /** A sign of a platform. {@code value} empty: the header or cookie being there, or the end of the host name, is enough. */
    private record Sign(Platform platform, Kind kind, String name, String value) {
        private enum Kind {
            HOST,
            HEADER,
            COOKIE
        }
    }

    /** More telling ones first; a platform that is built of others stands before them. */
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

    /** All that were recognised, the most telling first, each once. */
    public static List<Known> of(CaseFile file) {
        var known = new ArrayList<Known>();
        String host = file.first(Evidence.Reach.class)
                .map(Evidence.Reach::host)
                .orElse("")
                .toLowerCase(Locale.ROOT);
        var answers = file.answers().toList();
        var cookies = Stream
                .concat(file.all(Evidence.Affinity.class).flatMap(affinity -> affinity.cookies().stream()),
                        answers.stream().flatMap(answer -> answer.headers().cookieNames().stream()))
                .toList();
        for (var sign : SIGNS) {
            seen(sign, host, answers, cookies)
                    .filter(how -> known.stream().noneMatch(one -> one.platform() == sign.platform()))
                    .ifPresent(how -> known.add(new Known(sign.platform(), how)));
        }
        if (known.isEmpty() && answers.stream().anyMatch(Recognition::isHaproxyPage)) {
            known.add(new Known(Platform.HAPROXY, "the wording of an error page"));
        }
        return known;
    }

    /** The one whose settings matter most. */
    public static Platform main(CaseFile file) {
        return of(file).stream().map(Known::platform).findFirst().orElse(Platform.UNKNOWN);
    }

    private static Optional<String> seen(Sign sign, String host, List<Answer> answers, List<String> cookies) {
        return switch (sign.kind()) {
            case HOST ->
                host.endsWith(sign.name()) && host.contains(sign.value()) ? Optional.of("the host name")
                        : Optional.empty();
            case COOKIE ->
                cookies.contains(sign.name()) ? Optional.of("the cookie " + sign.name()) : Optional.empty();
            case HEADER -> answers.stream()
                    .filter(answer -> sign.value().isEmpty() ? answer.headers().first(sign.name()).isPresent()
                            : answer.headers().says(sign.name(), sign.value()))
                    .findFirst()
                    .map(answer -> "the header " + sign.name() + (sign.value().isEmpty() ? ""
                            : ": " + answer.headers().first(sign.name()).orElse("")));
        };
    }

    /** HAProxy names itself nowhere, but its own error pages have always said this. */
    private static boolean isHaproxyPage(Answer answer) {
        String text = answer.text();
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
