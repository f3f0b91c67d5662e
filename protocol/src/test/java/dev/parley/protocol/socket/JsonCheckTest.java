package dev.parley.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.MalformedPacketException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonCheckTest {
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final String PIECES = "\"\"\"\\,,[]{}: ab0\n\u0001\u00e9\ud83d\u007f";

    @ParameterizedTest
    @ValueSource(strings = {"[\"a\",\"b\"]", "[\"a\",\"\"]", "[\"\",\"\"]", "[\"a\",\"]\"]",
            "[\"a\",\"\\n\"]"})
    void acceptsANameAndAText(String json) {
        assertThat(accepts(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a\",\"]", "[\"a\",\"b\"", "[\"a\",\"b\"]]", "[\"a\",\"\n\"]",
            "[\"a\",\"\\\"]", "[\"a\"\"b\"]", "[\"a\",\"b\"c\"]"})
    void rejectsSimilarTexts(String json) {
        assertThat(accepts(json)).isFalse();
    }

    /** The quick way must agree with a parser on every text near the form that it knows. */
    @Test
    void agreesWithAParserOnSimilarTexts() {
        var random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder("[\"name\",\"some text\"]");
            for (int change = random.nextInt(4); change > 0; change--) {
                int at = random.nextInt(text.length());
                char piece = PIECES.charAt(random.nextInt(PIECES.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, piece);
                    case 1 -> text.insert(at, piece);
                    default -> text.deleteCharAt(at);
                }
            }
            assertThat(accepts(text.toString())).as(text.toString()).isEqualTo(parses(text.toString()));
        }
    }

    private static boolean accepts(String json) {
        try {
            JsonCheck.array(json, 10, 0);
            return true;
        } catch (MalformedPacketException e) {
            return false;
        }
    }

    private static boolean parses(String json) {
        try (var parser = JACKSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() == null || !parser.isExpectedStartArrayToken()) {
                return false;
            }
            parser.skipChildren();
            return parser.currentToken() != null && parser.streamReadContext().inRoot()
                    && parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
