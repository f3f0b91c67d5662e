package dev.parley.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.CallListener.Failure;
import dev.parley.calls.CallListener.Tokens;
import dev.parley.settings.TokenPrices;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The meters that each event of a call moves. Tests of the module {@code calls} show when the events are reported. */
class CallMetricsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CallMetrics metrics = new CallMetrics(meters, new TokenPrices(1, 10, 100, 1_000));

    @Test
    void eachKindOfConversationEventMovesItsCounter() {
        metrics.opened();
        metrics.renewed();
        metrics.renewed();
        metrics.restarted();
        metrics.restarted();
        metrics.restarted();

        assertThat(value("parley.conversations.opened")).isEqualTo(1);
        assertThat(value("parley.conversations.renewed")).isEqualTo(2);
        assertThat(value("parley.conversations.restarted")).isEqualTo(3);
    }

    @Test
    void failuresAreCountedByKind() {
        metrics.failed(Failure.BUSY);
        metrics.failed(Failure.RECOVERABLE);
        metrics.failed(Failure.RECOVERABLE);

        assertThat(value("parley.conversations.failed", "kind", "busy")).isEqualTo(1);
        assertThat(value("parley.conversations.failed", "kind", "recoverable")).isEqualTo(2);
        assertThat(value("parley.conversations.failed", "kind", "fatal")).isZero();
        assertThat(value("parley.conversations.opened")).isZero();
    }

    @Test
    void resumedAndAbandonedCallsAreCountedSeparately() {
        metrics.resumed();
        metrics.resumed();
        metrics.abandoned();

        assertThat(value("parley.conversations.resumed")).isEqualTo(2);
        assertThat(value("parley.conversations.abandoned")).isEqualTo(1);
    }

    @Test
    void turnsInterruptionsAndDroppedAudioAreCounted() {
        metrics.turn();
        metrics.turn();
        metrics.bargedIn();
        metrics.audioDropped();
        metrics.audioDropped();
        metrics.audioDropped();

        assertThat(value("parley.turns")).isEqualTo(2);
        assertThat(value("parley.bargeins")).isEqualTo(1);
        assertThat(value("parley.audio.dropped")).isEqualTo(3);
    }

    @Test
    void answersAndFirstEventsAreTimed() {
        metrics.answered(Duration.ofMillis(600));
        metrics.modelBegan(Duration.ofMillis(1_500));

        assertThat(value("parley.answer.time")).isEqualTo(1);
        assertThat(millis("parley.answer.time")).isEqualTo(600);
        assertThat(value("parley.model.first.event.time")).isEqualTo(1);
        assertThat(millis("parley.model.first.event.time")).isEqualTo(1_500);
    }

    @Test
    void toolsAreTimedByNameAndOutcome() {
        metrics.toolFinished("calculate", false, Duration.ofMillis(20));
        metrics.toolFinished("calculate", true, Duration.ofMillis(30));

        assertThat(millis("parley.tool.time", "tool", "calculate", "outcome", "ok")).isEqualTo(20);
        assertThat(millis("parley.tool.time", "tool", "calculate", "outcome", "error")).isEqualTo(30);
        assertThat(meters.find("parley.tool.time").meters()).hasSize(2);
    }

    @Test
    void tokensAreCountedByKindAndPriced() {
        metrics.used(new Tokens(2_000, 100, 10, 1));
        metrics.used(new Tokens(500, 0, 0, 0));

        assertThat(value("parley.tokens", "direction", "input", "kind", "speech")).isEqualTo(2_500);
        assertThat(value("parley.tokens", "direction", "input", "kind", "text")).isEqualTo(100);
        assertThat(value("parley.tokens", "direction", "output", "kind", "speech")).isEqualTo(10);
        assertThat(value("parley.tokens", "direction", "output", "kind", "text")).isEqualTo(1);
        assertThat(value("parley.cost.dollars")).isEqualTo(2.5 + 1 + 1 + 1);
    }

    private double millis(String name, String... tags) {
        return meters.get(name).tags(tags).timer().totalTime(TimeUnit.MILLISECONDS);
    }

    private double value(String name, String... tags) {
        Meter meter = meters.get(name).tags(tags).meter();
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(measure -> measure.getStatistic() == Statistic.COUNT)
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
