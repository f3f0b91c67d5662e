package dev.parley.doctor.software;

import static dev.parley.doctor.rule.SampleEvidence.affinity;
import static dev.parley.doctor.rule.SampleEvidence.answered;
import static dev.parley.doctor.rule.SampleEvidence.log;
import static dev.parley.doctor.rule.SampleEvidence.polling;
import static dev.parley.doctor.rule.SampleEvidence.reach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Evidence.ClientMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlatformDetectorTest {

    @ParameterizedTest
    @CsvSource({"abc.eu-west-1.awsapprunner.com, APP_RUNNER", "svc.ecs.eu-west-1.on.aws, ECS_EXPRESS",
            "a-x.a.run.app, CLOUD_RUN", "a.herokuapp.com, HEROKU", "a.azurewebsites.net, AZURE",
            "a.fly.dev, FLY", "a.onrender.com, RENDER", "x.eu-west-1.elb.amazonaws.com, ALB",
            "x.lambda-url.eu-west-1.on.aws, UNKNOWN", "example.org, UNKNOWN",
            "onrender.com.example.org, UNKNOWN"})
    void platformIsDetectedByHostName(String host, Platform platform) {
        assertThat(PlatformDetector.main(log(reach(host)))).isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({"server: envoy, ENVOY", "Server: nginx/1.22.1, NGINX", "server: awselb/2.0, ALB",
            "cf-ray: 8f-FRA, CLOUDFLARE", "via: 1.1 vegur, HEROKU", "Server: Heroku, HEROKU",
            "fly-request-id: 01, FLY", "x-render-origin-server: uvicorn, RENDER",
            "server: Google Frontend, CLOUD_RUN", "server: Apache/2.4.62 (Debian), APACHE",
            "server: Caddy, CADDY", "via: 1.1 Caddy, CADDY", "server: lighttpd/1.4.69, LIGHTTPD",
            "x-varnish: 3 2, VARNISH", "via: 1.1 proxy (squid/5.7), SQUID", "server: Microsoft-IIS/10.0, IIS",
            "x-vercel-id: fra1, VERCEL", "x-nf-request-id: 01, NETLIFY", "x-azure-ref: 0, FRONT_DOOR",
            "x-amz-cf-id: a, CLOUDFRONT", "apigw-requestid: a, API_GATEWAY", "server: istio-envoy, ISTIO",
            "x-served-by: cache-fra-1, FASTLY", "server: AkamaiGHost, AKAMAI", "server: Kestrel, UNKNOWN",
            "x-powered-by: Express, UNKNOWN", "server: whatever, UNKNOWN"})
    void platformIsDetectedByHeader(String header, Platform platform) {
        assertThat(PlatformDetector.main(log(polling(4, answered(200, "", header), Optional.empty()))))
                .isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({"AWSALB, ALB", "ARRAffinity, AZURE", "GAESA, CLOUD_RUN", "SERVERID, HAPROXY", "io, UNKNOWN"})
    void platformIsDetectedByCookie(String cookie, Platform platform) {
        assertThat(PlatformDetector.main(log(affinity(ClientMode.NEW_CONNECTIONS, 0, cookie))))
                .isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({"400, '{\"code\":\"1\",\"message\":\"Session ID unknown\"}', SOCKETIOXIDE",
            "404, 404 page not found, GO"})
    void serverIsDetectedByItsErrorsAndNotTakenForAProxy(int status, String body, Platform platform) {
        var seen = log(polling(4, answered(status, body), Optional.empty()));

        assertThat(PlatformDetector.has(seen, platform)).isTrue();
        assertThat(PlatformDetector.main(seen)).isEqualTo(Platform.UNKNOWN);
    }

    @Test
    void haproxyIsDetectedByItsErrorPages() {
        String page = "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>";

        assertThat(PlatformDetector.main(log(polling(4, answered(503, page), Optional.empty()))))
                .isEqualTo(Platform.HAPROXY);
    }

    @Test
    void frontPlatformIsListedFirst() {
        var seen = log(polling(4, answered(502, "", "cf-ray: 1", "server: nginx"), Optional.empty()));

        assertThat(PlatformDetector.of(seen).stream().map(PlatformDetector.Detected::platform))
                .containsExactly(Platform.CLOUDFLARE, Platform.NGINX);
    }

    @Test
    void serverIsRecognisedButIsNotTheComponentInFront() {
        var seen = log(polling(4, answered(200, "", "server: Werkzeug/3.0 Python/3.11"), Optional.empty()));

        assertThat(PlatformDetector.of(seen)).extracting(PlatformDetector.Detected::platform)
                .containsExactly(Platform.PYTHON);
        assertThat(PlatformDetector.main(seen)).isEqualTo(Platform.UNKNOWN);
    }

    @Test
    void softwareThatWasNeverRunIsLikelyAtMost() {
        var seen = log(polling(4, answered(502, "", "x-vercel-id: 1", "server: nginx"), Optional.empty()));

        assertThat(PlatformDetector.of(seen)).extracting(PlatformDetector.Detected::isLikely)
                .containsExactly(true, false);
        assertThat(PlatformDetector.of(seen).getFirst().description())
                .isEqualTo("Vercel (likely, by the header x-vercel-id)");
    }

    @Test
    void everySignNamesItsSource() {
        assertThat(PlatformSigns.ALL).allMatch(sign -> !sign.source().isBlank());
    }

    static Stream<Function<Platform, Remedy>> topics() {
        return Stream.of(Remedies::webSocket, Remedies::affinity,
                platform -> Remedies.idle(platform, Duration.ofSeconds(20)),
                platform -> Remedies.payload(platform, 1_000_000, 10_000), Remedies::corsOnErrors,
                Remedies::buffering, Remedies::cache);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void unknownSoftwareGetsWordsOfNoProduct(Function<Platform, Remedy> topic) {
        var remedy = topic.apply(Platform.UNKNOWN);

        assertThat(remedy.lines()).isEmpty();
        assertThat(remedy.words()).doesNotContainIgnoringCase("nginx")
                .doesNotContainIgnoringCase("apache")
                .doesNotContainIgnoringCase("haproxy")
                .doesNotContain("aws ");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void remediesForUntestedSoftwareNameItsDocumentation(Function<Platform, Remedy> topic) {
        assertThat(Arrays.stream(Platform.values())
                .filter(platform -> !platform.isTested() && platform != Platform.UNKNOWN))
                .allSatisfy(platform -> assertThat(topic.apply(platform).words())
                        .contains("compare with the documentation of " + platform.title()));
    }

    @Test
    void testedProxiesHaveLinesToPaste() {
        assertThat(Remedies.webSocket(Platform.NGINX).lines())
                .contains("proxy_set_header Upgrade $http_upgrade;");
        assertThat(Remedies.affinity(Platform.HAPROXY).lines())
                .containsExactly("cookie SERVERID insert indirect nocache");
        assertThat(Remedies.webSocket(Platform.APACHE).lines()).singleElement()
                .asString()
                .contains("upgrade=websocket");
        assertThat(Remedies.payload(Platform.CADDY, 1_000_000, 0).lines()).hasSize(3);
        assertThat(Remedies.affinity(Platform.CADDY).lines()).containsExactly("lb_policy cookie");
    }
}
