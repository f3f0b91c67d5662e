package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Tests the choice of the model and its reason. */
class NovaSonicTest {

    private static final String[] PROPERTIES = {"aws.region", "aws.accessKeyId", "aws.secretAccessKey",
            "aws.disableEc2Metadata", "aws.configFile", "aws.sharedCredentialsFile"};

    @BeforeEach
    void hideSettingsOfThisMachine() {
        System.setProperty("aws.disableEc2Metadata", "true");
        System.setProperty("aws.configFile", "/nowhere");
        System.setProperty("aws.sharedCredentialsFile", "/nowhere");
    }

    @AfterEach
    void restoreProperties() {
        for (String property : PROPERTIES) {
            System.clearProperty(property);
        }
    }

    private static NovaSonic.Choice choose(String... settings) {
        Map<String, String> flags = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            flags.put(settings[i], settings[i + 1]);
        }
        NovaSonic.Choice choice = NovaSonic.choose(Settings.read(flags, Map.of()));
        choice.model().ifPresent(model -> model.close());
        return choice;
    }

    @Test
    void autoChoosesTheEmbeddedModelWithoutAwsSettings() {
        assertThat(choose().model()).isEmpty();
        assertThat(choose().why()).isEqualTo("no AWS region was found: set nova-region or AWS_REGION "
                + "(the model is in us-east-1, us-west-2, eu-north-1, ap-northeast-1)");
    }

    @Test
    void unknownExplicitRegionIsUsedWithAWarning() {
        System.setProperty("aws.accessKeyId", "key");
        System.setProperty("aws.secretAccessKey", "secret");
        var log = (Logger) LoggerFactory.getLogger("dev.parley.bedrock.ModelRegions");
        var warnings = new ListAppender<ILoggingEvent>();
        warnings.start();
        log.addAppender(warnings);
        try {
            assertThat(choose("nova-region", "eu-west-1").why())
                    .isEqualTo("amazon.nova-2-sonic-v1:0 in eu-west-1");
            assertThat(warnings.list).singleElement().satisfies(warning -> {
                assertThat(warning.getLevel()).isEqualTo(Level.WARN);
                assertThat(warning.getFormattedMessage()).isEqualTo(
                        "nova-region eu-west-1 is not known to have amazon.nova-2-sonic-v1:0 (known: us-east-1, "
                                + "us-west-2, eu-north-1, ap-northeast-1); it is asked all the same");
            });

            choose("nova-region", "us-west-2");
            assertThat(warnings.list).as("one that is known to have it").hasSize(1);
        } finally {
            log.detachAppender(warnings);
        }
    }

    @Test
    void strangersGetThePaidModelOnlyIfItIsMeant() {
        System.setProperty("aws.accessKeyId", "key");
        System.setProperty("aws.secretAccessKey", "secret");
        System.setProperty("aws.region", "us-east-1");

        assertThat(choose().model()).as("this machine only").isPresent();
        assertThat(choose("open-to-all", "true").model()).isEmpty();
        assertThat(choose("open-to-all", "true").why()).isEqualTo(
                "the paid model is not chosen by itself while others than this machine can connect and "
                        + "nobody has to log in: set --auth, or --model nova-sonic");
        assertThat(choose("open-to-all", "true", "model", "nova-sonic").model()).isPresent();
        assertThat(choose("auth", "password", "password", "long enough").model()).isPresent();
    }

    @Test
    void paidModelNeedsALimitOrAuthentication() {
        System.setProperty("aws.accessKeyId", "key");
        System.setProperty("aws.secretAccessKey", "secret");
        System.setProperty("aws.region", "us-east-1");

        assertThat(choose("max-tokens-per-day", "0").model()).isEmpty();
        assertThatThrownBy(() -> choose("max-tokens-per-day", "0", "model", "nova-sonic"))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "Nova Sonic costs money, nobody has to log in, and max-tokens-per-day is 0: set a limit, or "
                                + "--auth, or choose the embedded model with --model local");
        assertThat(choose("max-tokens-per-day", "0", "auth", "password", "password", "long enough").model())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Virginia", "us-east", "us_east_1", "us-east-1.amazonaws.com"})
    void invalidRegionIsRejectedWithTheModelsRegions(String region) {
        assertThatThrownBy(() -> choose("model", "nova-sonic", "nova-region", region))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("\"" + region + "\" is not the name of an AWS region like us-east-1 "
                        + "(the model is in us-east-1, us-west-2, eu-north-1, ap-northeast-1)");
    }

    @Test
    void autoChoosesTheEmbeddedModelInRegionsWithoutNovaSonic() {
        System.setProperty("aws.region", "eu-west-1");
        assertThat(choose().model()).isEmpty();
        assertThat(choose().why()).contains("eu-west-1 does not have").contains("us-east-1");
    }

    @Test
    void autoChoosesTheEmbeddedModelWithoutCredentials() {
        System.setProperty("aws.region", "us-east-1");
        assertThat(choose().why()).startsWith("no AWS credentials were found");
    }

    @Test
    void autoChoosesNovaSonicWithRegionAndCredentials() {
        System.setProperty("aws.region", "us-east-1");
        System.setProperty("aws.accessKeyId", "key");
        System.setProperty("aws.secretAccessKey", "secret");
        assertThat(choose().model()).isPresent();
        assertThat(choose().why()).isEqualTo("amazon.nova-2-sonic-v1:0 in us-east-1")
                .doesNotContain("secret");
        assertThat(choose("model", "local").model()).isEmpty();
    }

    @Test
    void unavailableNovaSonicStopsTheStartWithARemedy() {
        assertThatThrownBy(() -> choose("model", "nova-sonic")).isInstanceOf(StartException.class)
                .hasMessageContaining("no AWS region was found")
                .hasMessageContaining("--model local");
    }
}
