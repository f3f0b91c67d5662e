package dev.parley.protocol.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SurrogatesTest {
    @Test
    void findsLoneOnesOnly() {
        assertThat(Surrogates.lone("a\ud83d\ude00b", 0)).isEqualTo(-1);
        assertThat(Surrogates.lone("a\ud83d", 0)).isEqualTo(1);
        assertThat(Surrogates.lone("\ude00\ud83d", 0)).isZero();
        assertThat(Surrogates.lone("\ud83d\ud83d\ude00", 0)).isZero();
    }

    @Test
    void escapesLoneOnes() {
        assertThat(Surrogates.escaped("[\"\ud83d\ude00\"]")).isEqualTo("[\"\ud83d\ude00\"]");
        assertThat(Surrogates.escaped("[\"\ude00\ud83d\"]")).isEqualTo("[\"\\ude00\\ud83d\"]");
        assertThat(Surrogates.wellFormed("\ude00x")).isEqualTo("\ufffdx");
    }

    @Test
    void unescapesSurrogatesAndNothingElse() {
        assertThat(Surrogates.unescaped("{\"a\\ud83d\":\"\\uDE00\\ud83d\\ude00\"}"))
                .isEqualTo("{\"a\ud83d\":\"\ude00\ud83d\ude00\"}");
        for (String same : new String[]{"\\\\ud83d", "\\u0041", "\\ud", "\\ud83g", "\\n\\\"", "\\",
                "\\ud7ff"}) {
            assertThat(Surrogates.unescaped(same)).isEqualTo(same);
        }
    }
}
