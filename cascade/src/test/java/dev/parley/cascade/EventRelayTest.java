package dev.parley.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.language.GenerationEvent;
import dev.parley.voice.language.GenerationEvent.Done;
import dev.parley.voice.language.GenerationEvent.Text;
import dev.parley.voice.language.GenerationEvent.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventRelayTest {

    private final List<Consumer<Instant>> posted = new ArrayList<>();
    private final List<GenerationEvent> events = new ArrayList<>();
    private final EventRelay relay = new EventRelay(posted::add, (event, now) -> events.add(event));

    @Test
    void piecesThatArriveMeanwhileAreJoined() {
        relay.accept(new Text("one "));
        relay.accept(new Text("two "));
        relay.accept(new Text("three"));
        assertThat(posted).hasSize(1);
        deliver();
        relay.accept(new Text("four"));
        relay.accept(new Done(List.of(), Usage.UNKNOWN));
        assertThat(posted).hasSize(1);
        deliver();

        assertThat(events).containsExactly(new Text("one two three"), new Text("four"),
                new Done(List.of(), Usage.UNKNOWN));
    }

    @Test
    void floodIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            relay.accept(new Text("x".repeat(1_000)));
        }
        deliver();

        assertThat(((Text) events.getFirst()).piece()).hasSize(EventRelay.MOST);
    }

    private void deliver() {
        posted.removeFirst().accept(Instant.EPOCH);
    }
}
