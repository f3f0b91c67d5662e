package dev.parley.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelCommand.Audio;
import dev.parley.voice.ModelCommand.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final Duration NOW = Duration.ZERO;
    private final Inbox inbox = new Inbox();

    @Test
    void keepsTheOrder() throws InterruptedException {
        send(new Text("a"));
        send(new Audio(new byte[2]));
        send(new Text("b"));

        assertThat(drain()).map(message -> ((Message.Command) message).command())
                .map(Object::getClass)
                .map(Class::getSimpleName)
                .containsExactly("Text", "Audio", "Text");
    }

    @Test
    void dropsTheOldestSoundPastThirtySeconds() throws InterruptedException {
        send(new Text("first"));
        for (int i = 0; i < 31; i++) {
            send(new Audio(new byte[32_000]));
        }
        send(new Audio(new byte[Inbox.MAX_AUDIO_BYTES + 1]));

        List<Message> left = drain();
        assertThat(left).hasSize(31);
        assertThat(left.getFirst()).isEqualTo(new Message.Command(new Text("first")));
    }

    @Test
    void tellsOfLostSpeechOnceUntilTheStreamHasCaughtUp() throws InterruptedException {
        sendSeconds(33, Inbox.AUDIBLE);
        assertThat(drain()).filteredOn(new Message.SoundLost()::equals).hasSize(1);

        sendSeconds(31, Inbox.AUDIBLE);
        assertThat(inbox.take(NOW)).contains(new Message.SoundLost());
        inbox.take(NOW);
        sendSeconds(5, Inbox.AUDIBLE);
        assertThat(drain()).doesNotContain(new Message.SoundLost()).hasSize(30);
    }

    @Test
    void doesNotTellOfLostSilence() throws InterruptedException {
        sendSeconds(33, Inbox.AUDIBLE - 1);
        assertThat(drain()).hasSize(30).doesNotContain(new Message.SoundLost());
    }

    @Test
    void breaksAStreamThatIsFlooded() throws InterruptedException {
        for (int i = 0; i < Inbox.MAX_COMMANDS + 10; i++) {
            send(new Text("x"));
        }
        assertThat(inbox.take(NOW)).get().isInstanceOf(Message.Broken.class);
        assertThat(drain()).hasSize(Inbox.MAX_COMMANDS);
    }

    @Test
    void takesLoadedOutOfTurn() throws InterruptedException {
        send(new Text("first"));
        assertThat(inbox.awaitLoaded(NOW)).isEmpty();
        inbox.add(new Message.Stop());

        assertThat(inbox.awaitLoaded(NOW)).contains(new Message.Stop());
        assertThat(drain()).containsExactly(new Message.Command(new Text("first")));
    }

    @Test
    void dropsWhatComesAfterTheEnd() throws InterruptedException {
        inbox.close();
        send(new Text("late"));
        assertThat(drain()).isEmpty();
    }

    private void sendSeconds(int seconds, int peak) {
        for (int i = 0; i < seconds; i++) {
            var second = new byte[32_000];
            second[1] = (byte) (-peak >> 8);
            second[0] = (byte) -peak;
            send(new Audio(second));
        }
    }

    private void send(ModelCommand command) {
        inbox.add(new Message.Command(command));
    }

    private List<Message> drain() throws InterruptedException {
        List<Message> all = new ArrayList<>();
        for (Optional<Message> next = inbox.take(NOW); next.isPresent(); next = inbox.take(NOW)) {
            all.add(next.get());
        }
        return all;
    }
}
