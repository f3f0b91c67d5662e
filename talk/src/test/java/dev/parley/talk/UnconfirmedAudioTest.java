package dev.parley.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class UnconfirmedAudioTest {
    private final UnconfirmedAudio audio = new UnconfirmedAudio();

    @Test
    void chunkIsSentOnceToAServerThatConfirmsNothing() {
        offered("{}");
        add(1, 2);
        assertThat(sent()).containsExactly("1", "2");

        offered("{}");
        add(3);

        assertThat(sent()).containsExactly("3");
    }

    @Test
    void whatIsNotConfirmedIsSentAgain() {
        offered("{'replay':true,'audio':{'count':0}}");
        add(1, 2, 3, 4, 5);
        assertThat(sent()).containsExactly("1", "2", "3", "4", "5");
        audio.confirmed(2);
        add(6);

        offered("{'resumed':true,'replay':true,'audio':{'count':3}}");

        assertThat(sent()).containsExactly("4 again", "5 again", "6");
    }

    @Test
    void anotherServerCountsAnew() {
        offered("{'replay':true,'audio':{'count':0}}");
        add(1, 2, 3);
        assertThat(sent()).hasSize(3);
        audio.confirmed(2);

        offered("{'resumed':true,'replay':true,'anew':true,'audio':{'count':0}}");
        assertThat(sent()).containsExactly("3 again");
        add(4);
        assertThat(sent()).containsExactly("4");
        audio.confirmed(1);

        offered("{'resumed':true,'replay':true,'audio':{'count':1}}");
        assertThat(sent()).containsExactly("4 again");
    }

    @Test
    void oldestChunksAreLostBeyondTheLimit() {
        for (int i = 1; i <= UnconfirmedAudio.MAX_CHUNKS + 2; i++) {
            add(i);
        }

        offered("{'replay':true,'audio':{'count':0}}");

        assertThat(sent()).hasSize(UnconfirmedAudio.MAX_CHUNKS).startsWith("3");
    }

    @Test
    void chunksThatWereSentAndDroppedStayCounted() {
        offered("{'replay':true,'audio':{'count':0}}");
        for (int i = 1; i <= UnconfirmedAudio.MAX_CHUNKS + 2; i++) {
            add(i);
            assertThat(sent()).hasSize(1);
        }

        offered("{'resumed':true,'replay':true,'audio':{'count':4}}");

        assertThat(sent()).hasSize(UnconfirmedAudio.MAX_CHUNKS - 2).startsWith("5 again");
    }

    private void offered(String json) {
        audio.offered(JsonMapper.shared().readTree(json.replace('\'', '"')));
    }

    private void add(int... numbers) {
        for (int number : numbers) {
            audio.add(new byte[]{(byte) number, (byte) (number >> 8)});
        }
    }

    private List<String> sent() {
        var all = new ArrayList<String>();
        for (var next = audio.next(); next.isPresent(); next = audio.next()) {
            byte[] pcm = next.get().pcm();
            all.add(((pcm[0] & 0xFF) | (pcm[1] << 8)) + (next.get().replayed() ? " again" : ""));
        }
        return all;
    }
}
