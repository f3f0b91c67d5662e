package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {

    @Test
    void quotesAndLinesAreEscaped() {
        assertThat(Quoted.beginning("a \"b\"\nc\\", 100)).isEqualTo("\"a \\\"b\\\"\\nc\\\\\"");
        assertThat(Quoted.end("a \"b\"", 3)).isEqualTo("\"\\\"b\\\"\"");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        String faces = "\uD83D\uDE00".repeat(3);
        assertThat(Quoted.beginning(faces, 3)).isEqualTo("\"\uD83D\uDE00…\"");
        assertThat(Quoted.end(faces, 3)).isEqualTo("\"\uD83D\uDE00\"");
        assertThat(Quoted.beginning(faces, 6)).isEqualTo(Quoted.end(faces, 6)).isEqualTo('"' + faces + '"');
    }
}
