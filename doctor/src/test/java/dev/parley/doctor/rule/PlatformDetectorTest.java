package dev.parley.doctor.rule;

import static dev.parley.doctor.rule.SampleEvidence.answered;
import static dev.parley.doctor.rule.SampleEvidence.log;
import static dev.parley.doctor.rule.SampleEvidence.polling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Evidence.ClientMode;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformDetectorTest {

    @ParameterizedTest
    @CsvSource({"abc.eu-west-1.awsapprunner.com, APP_RUNNER", "svc.ecs.eu-west-1.on.aws, ECS_EXPRESS",
            "a-x.a.run.app, CLOUD_RUN", "a.herokuapp.com, HEROKU", "a.azurewebsites.net, AZURE",
            "a.fly.dev, FLY", "a.onrender.com, RENDER", "x.eu-west-1.elb.amazonaws.com, ALB",
            "x.lambda-url.eu-west-1.on.aws, UNKNOWN", "example.org, UNKNOWN",
            "onrender.com.example.org, UNKNOWN"})
    void platformIsDetectedByHostName(String host, Platform platform) {
        assertThat(PlatformDetector.main(log(SampleEvidence.reach(host)))).isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({"server: envoy, ENVOY", "Server: nginx/1.22.1, NGINX", "server: awselb/2.0, ALB",
            "cf-ray: 8f-FRA, CLOUDFLARE", "via: 1.1 vegur, HEROKU", "Server: Heroku, HEROKU",
            "fly-request-id: 01, FLY", "x-render-origin-server: uvicorn, RENDER",
            "server: Google Frontend, CLOUD_RUN", "server: Apache, UNKNOWN"})
    void platformIsDetectedByHeader(String header, Platform platform) {
        assertThat(PlatformDetector.main(log(polling(4, answered(200, "", header), Optional.empty()))))
                .isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({"AWSALB, ALB", "ARRAffinity, AZURE", "GAESA, CLOUD_RUN", "SERVERID, HAPROXY", "io, UNKNOWN"})
    void platformIsDetectedByCookie(String cookie, Platform platform) {
        assertThat(PlatformDetector.main(log(SampleEvidence.affinity(ClientMode.NEW_CONNECTIONS, 0, cookie))))
                .isEqualTo(platform);
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
    void eachPlatformHasFixesForWebSocketAndAffinity() {
        var platforms = EnumSet.allOf(Platform.class);

        assertThat(platforms.stream().map(Fixes::webSocket).distinct()).hasSameSizeAs(platforms);
        // ECS Express Mode is an ALB in this respect.
        assertThat(platforms.stream().map(Fixes::affinity).distinct()).hasSize(platforms.size() - 1);
    }
}
