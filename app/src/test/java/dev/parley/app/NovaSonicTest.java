package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.app.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which model answers, and why. */
class NovaSonicTest {

    private static final String[] PROPERTIES = {"aws.region", "aws.accessKeyId", "aws.secretAccessKey",
            "aws.disableEc2Metadata", "aws.configFile", "aws.sharedCredentialsFile"};

    @BeforeEach
    void nothingOfThisMachine() {
        System.setProperty("aws.disableEc2Metadata", "true");
        System.setProperty("aws.configFile", "/nowhere");
        System.setProperty("aws.sharedCredentialsFile", "/nowhere");
    }

    @AfterEach
    void forget() {
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
    void autoTakesTheEmbeddedModelWhereNothingIsKnownOfAws() {
        assertThat(choose().model()).isEmpty();
        assertThat(choose().why()).isEqualTo("no AWS region was found: set nova-region or AWS_REGION");
    }

    @Test
    void autoTakesTheEmbeddedModelWhereTheRegionLacksNovaSonic() {
        System.setProperty("aws.region", "eu-west-1");
        assertThat(choose().model()).isEmpty();
        assertThat(choose().why()).contains("eu-west-1 does not have").contains("us-east-1");
    }

    @Test
    void autoTakesTheEmbeddedModelWithoutCredentials() {
        System.setProperty("aws.region", "us-east-1");
        assertThat(choose().why()).startsWith("no AWS credentials were found");
    }

    @Test
    void autoTakesNovaSonicWhereRegionAndCredentialsAre() {
        System.setProperty("aws.region", "us-east-1");
        System.setProperty("aws.accessKeyId", "key");
        System.setProperty("aws.secretAccessKey", "secret");
        assertThat(choose().model()).isPresent();
        assertThat(choose().why()).isEqualTo("amazon.nova-2-sonic-v1:0 in us-east-1")
                .doesNotContain("secret");
        assertThat(choose("model", "local").model()).isEmpty();
    }

    @Test
    void novaSonicThatWasAskedForAndCannotBeHadEndsTheStartWithAWayOut() {
        assertThatThrownBy(() -> choose("model", "nova-sonic")).isInstanceOf(StartException.class)
                .hasMessageContaining("no AWS region was found")
                .hasMessageContaining("--model local");
    }
}
