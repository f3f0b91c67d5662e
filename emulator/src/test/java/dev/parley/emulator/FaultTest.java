package dev.parley.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    @Test
    void aFaultHasAKindATimeAndAStream() {
        assertThat(Fault.parse("throttlingException@3s#2")).isEqualTo(new Fault(Fault.Kind.EXCEPTION,
                "throttlingException", Fault.Moment.OPENED, 1, Duration.ofSeconds(3), 2));
        assertThat(Fault.parse("http-429#1"))
                .isEqualTo(new Fault(Fault.Kind.STATUS, "429", Fault.Moment.OPENED, 1, Duration.ZERO, 1));
        assertThat(Fault.parse("goaway@1s#1")).isEqualTo(
                new Fault(Fault.Kind.GOAWAY, "goaway", Fault.Moment.OPENED, 1, Duration.ofSeconds(1), 1));
        assertThat(Fault.parse("cut@1.5s").after()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(Fault.parse("validationException:InternalErrorCode=531 RST@1s").detail())
                .isEqualTo("validationException:InternalErrorCode=531 RST");
    }

    @Test
    void aFaultCanCountFromAMomentOfATurn() {
        assertThat(Fault.parse("reset@text2+0.1s")).isEqualTo(
                new Fault(Fault.Kind.RESET, "reset", Fault.Moment.TEXT, 2, Duration.ofMillis(100), 0));
        assertThat(Fault.parse("mute@speech#3"))
                .isEqualTo(new Fault(Fault.Kind.MUTE, "mute", Fault.Moment.SPEECH, 1, Duration.ZERO, 3));
        var drop = Fault.parse("drop@answer2");
        assertThat(drop.begins(Fault.Moment.ANSWER, 1)).isFalse();
        assertThat(drop.begins(Fault.Moment.TEXT, 2)).isFalse();
        assertThat(drop.begins(Fault.Moment.ANSWER, 2)).isTrue();
    }

    @Test
    void aFaultWithoutAStreamHitsEach() {
        assertThat(Fault.parse("reset").hits(7)).isTrue();
        assertThat(Fault.parse("reset#2").hits(7)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "boom", "reset@soon", "reset@", "reset@text2s", "Throttling", "reset#x",
            "@1s", "trotlingException", "boomException@1s", "ThrottlingException"})
    void unknownFaultIsRefusedWithTheKnownOnes(String text) {
        assertThatThrownBy(() -> Fault.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http-STATUS");
    }

    @Test
    void eachExceptionOfTheServiceIsAFault() {
        assertThat(Fault.EXCEPTIONS).contains("internalServerException", "modelStreamErrorException",
                "modelTimeoutException", "serviceUnavailableException", "throttlingException",
                "validationException");
        assertThat(Fault.EXCEPTIONS)
                .allSatisfy(name -> assertThat(Fault.parse(name + "@1s").detail()).isEqualTo(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-200", "http-301@1s", "http-99", "http-600"})
    void statusOutsideOfErrorsIsNoFault(String text) {
        assertThatThrownBy(() -> Fault.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("from 400 to 599");
    }
}
