package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.emulator.EmulatorOptions;
import dev.parley.voice.ModelEvent;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Tests that nothing is left when the model is closed. Runs alone, since it checks the threads of the process. */
@Tag("real-time")
@Isolated
class ModelClosingIT {

    @Test
    void closingTheModelEndsEveryConversation() {
        try (Pair pair = Pair.of(EmulatorOptions.defaults(), Pair.quick())) {
            var talks = List.of(new Talk(pair.model), new Talk(pair.model), new Talk(pair.model));
            talks.forEach(talk -> talk.sayAndHear(440));
            pair.model.close();
            await().atMost(Talk.PATIENCE)
                    .untilAsserted(() -> assertThat(talks)
                            .allMatch(talk -> talk.events.getLast() instanceof ModelEvent.Ended));
            await().atMost(Talk.PATIENCE)
                    .until(() -> Thread.getAllStackTraces()
                            .keySet()
                            .stream()
                            .noneMatch(thread -> thread.getName().matches("nova-(alarms|stream)")));
        }
    }
}
