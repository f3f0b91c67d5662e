package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.voice.Alarm;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/** Tests how region, credentials and voice are chosen, and the errors if they cannot be. */
class ChoiceTest {

    private static final NovaSonicOptions OPTIONS = NovaSonicOptions.defaults().withAskMachine(false);
    private static final Alarm NO_ALARM = (delay, task) -> () -> {};

    @AfterEach
    void forget() {
        List.of("aws.region", "aws.accessKeyId", "aws.secretAccessKey", "aws.configFile",
                "aws.sharedCredentialsFile").forEach(System::clearProperty);
    }

    @Test
    void theServersRegionIsTakenIfItHasTheModel() {
        System.setProperty("aws.region", "us-west-2");
        assertThat(ModelRegions.choose(OPTIONS)).isEqualTo(Region.US_WEST_2);
    }

    @Test
    void aRegionWithoutTheModelIsRefusedWithThoseThatHaveIt() {
        System.setProperty("aws.region", "eu-west-1");
        assertThatThrownBy(() -> ModelRegions.choose(OPTIONS)).isInstanceOf(NovaSonicException.class)
                .hasMessage(
                        "the region eu-west-1 does not have amazon.nova-2-sonic-v1:0: set nova-region to one "
                                + "that has it (us-east-1, us-west-2, eu-north-1, ap-northeast-1)");
    }

    @Test
    void theModelsRegionIsTheOperatorsToChooseApartFromTheServers() {
        System.setProperty("aws.region", "eu-west-1");
        assertThat(ModelRegions.choose(OPTIONS.withRegion(Optional.of("eu-central-1"))))
                .isEqualTo(Region.EU_CENTRAL_1);
    }

    @Test
    void aModelThatIsNotKnownMayBeAnywhere() {
        System.setProperty("aws.region", "eu-west-1");
        assertThat(ModelRegions.choose(OPTIONS.withModelId("amazon.nova-9-sonic")))
                .isEqualTo(Region.EU_WEST_1);
    }

    @Test
    void whatIsNoRegionIsRefused() {
        assertThatThrownBy(() -> ModelRegions.choose(OPTIONS.withRegion(Optional.of("Virginia"))))
                .hasMessageContaining("us-east-1");
    }

    @Test
    void missingCredentialsAreToldInOneSentence() {
        AwsCredentialsProvider none = () -> {
            throw SdkClientException
                    .create("Unable to load credentials from any of the providers in the chain\n…");
        };
        assertThatThrownBy(() -> NovaSonicModel.create(OPTIONS, Region.US_EAST_1, none, NO_ALARM))
                .hasMessageStartingWith("no AWS credentials were found")
                .hasMessageContaining("AWS_ACCESS_KEY_ID");
    }

    @Test
    void aProfileThatWasNamedGoesBeforeKeysThatHappenToBeThere() {
        System.setProperty("aws.accessKeyId", "key");
        System.setProperty("aws.secretAccessKey", "secret");
        System.setProperty("aws.configFile", "/nowhere");
        System.setProperty("aws.sharedCredentialsFile", "/nowhere");
        var named = OPTIONS.withRegion(Optional.of("us-east-1")).withProfile(Optional.of("desk"));
        assertThatThrownBy(() -> NovaSonicModel.create(named, NO_ALARM).close())
                .isInstanceOf(NovaSonicException.class)
                .hasMessageStartingWith("no AWS credentials were found in the profile desk:")
                .hasMessageContaining("~/.aws/config");
    }

    /** Happens with a single sign-on profile to which no user has signed in: a file is missing then. */
    @Test
    void credentialsThatFailInAnyWayAreMissingCredentials() {
        AwsCredentialsProvider nobodySignedIn = () -> {
            throw new UncheckedIOException(new NoSuchFileException("a-token.json"));
        };
        assertThatThrownBy(() -> NovaSonicModel.create(OPTIONS, Region.US_EAST_1, nobodySignedIn, NO_ALARM))
                .isInstanceOf(NovaSonicException.class)
                .hasMessageStartingWith("no AWS credentials were found");
    }

    @Test
    void credentialsThatFailLaterDoNotEndTheConversationThatAsksWhenTheyEnd() {
        var gone = new AtomicBoolean();
        AwsCredentialsProvider fickle = () -> {
            if (gone.get()) {
                throw new UncheckedIOException(new NoSuchFileException("a-token.json"));
            }
            return AwsBasicCredentials.create("key", "secret");
        };
        var model = NovaSonicModel.create(OPTIONS, Region.US_EAST_1, fickle, NO_ALARM);
        gone.set(true);
        assertThat(model.credentialsEnd()).isEmpty();
        model.close();
    }

    @Test
    void theFirstModelTakesNoTextAndTheOthersDo() {
        AwsCredentialsProvider some = () -> AwsBasicCredentials.create("key", "secret");
        try (var first = NovaSonicModel.create(OPTIONS.withModelId("amazon.nova-sonic-v1:0"),
                Region.US_EAST_1, some, NO_ALARM);
                var current = NovaSonicModel.create(OPTIONS, Region.US_EAST_1, some, NO_ALARM)) {
            assertThat(first.takesText()).isFalse();
            assertThat(current.takesText()).isTrue();
        }
    }

    @Test
    void anUnknownVoiceIsTheModelsFirst() {
        assertThat(NovaVoices.orFirst(NovaSonicOptions.CURRENT_MODEL, "caruso")).isEqualTo("tiffany");
        assertThat(NovaVoices.orFirst(NovaSonicOptions.CURRENT_MODEL, "leo")).isEqualTo("leo");
    }

    @Test
    void eachModelSpeaksItsLanguages() {
        assertThat(NovaVoices.languages("amazon.nova-sonic-v1:0")).containsExactly("en-US", "en-GB", "fr-FR",
                "it-IT", "de-DE", "es-ES");
        assertThat(NovaVoices.languages(NovaSonicOptions.CURRENT_MODEL)).containsExactly("en-US", "en-GB",
                "en-AU", "en-IN", "fr-FR", "de-DE", "it-IT", "es-ES", "pt-BR", "hi-IN");
    }
}
