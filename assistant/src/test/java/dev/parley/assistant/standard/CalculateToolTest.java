package dev.parley.assistant.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalculateToolTest {
    private final ToolFixture fixture = new ToolFixture();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            17*23               | 391
            17 x 23             | 391
            17 × 23             | 391
            2 + 3 * 4           | 14
            (2 + 3) * 4         | 20
            10 - 4 - 3          | 3
            2^3^2               | 512
            -2^2                | -4
            2^-1                | 0.5
            2^100               | 1.26765060022823E30
            2^0.5               | 1.4142135623731
            10 % 3              | 1
            10 % (2 + 1)        | 1
            15% of 80           | 12
            15% * 80            | 12
            200 + 10%           | 220
            200 - 10%           | 180
            5% + 5%             | 0.1
            50%                 | 0.5
            sqrt(144)           | 12
            sqrt 16 + 1         | 5
            sqrt(2)             | 1.4142135623731
            1/3                 | 0.333333333333333
            1/3*3               | 1
            0.1 + 0.2           | 0.3
            1,000 + 2,500       | 3500
            123456789 * 987654321 | 121932631112635269
            1e3 + 1             | 1001
            --3                 | 3
            """)
    void evaluatesExpressions(String expression, String expected) {
        var result = fixture.run("calculate", "{'expression':'" + expression + "'}");

        assertThat(result.path("result").asString("?")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1/0           | Nothing can be divided by zero.
            5 % (3 - 3)   | Nothing can be divided by zero.
            0^-1          | Nothing can be divided by zero.
            sqrt(-4)      | A negative number has no square root that I can give you.
            (-8)^(1/3)    | That power has no answer that I can give you.
            10^100        | That number is too large for me.
            9^9^9^9       | That number is too large for me.
            10^99 * 10    | That number is too large for me.
            2 +           | I could not read that sum.
            (2            | I could not read that sum.
            2)            | I could not read that sum.
            two plus two  | I could not read that sum.
            1.2.3         | I could not read that sum.
            System.exit(0)| I could not read that sum.
            """)
    void expressionWithoutValueReturnsTheReason(String expression, String sentence) {
        assertThat(fixture.error("calculate", "{'expression':'" + expression + "'}")).isEqualTo(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "sqrt", "9^", "1+"})
    void deepNestingAndLongInputAreBounded(String piece) {
        assertThat(fixture.error("calculate", "{'expression':'" + piece.repeat(2000) + "'}"))
                .isEqualTo("That sum is too long for me.");
        assertThat(fixture.error("calculate", "{'expression':'" + piece.repeat(50) + "'}")).endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithLongArithmetic(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            long a = random.nextInt(-9999, 9999);
            long b = random.nextInt(-9999, 9999);
            long c = random.nextInt(1, 99);
            var value = Expression.evaluate("(%d + %d) * %d - %d * (%d - %d)".formatted(a, b, c, b, a, c));
            assertThat(value).isEqualByComparingTo(BigDecimal.valueOf((a + b) * c - b * (a - c)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void answersAnyTextWithoutThrowing(long seed) {
        var random = new Random(seed);
        var alphabet = "0123456789.+-*/%^() sqrtofxe";
        for (int i = 0; i < 3000; i++) {
            var text = new StringBuilder();
            random.ints(random.nextInt(40), 0, alphabet.length())
                    .forEach(c -> text.append(alphabet.charAt(c)));
            var result = fixture.run("calculate", "{'expression':'" + text + "'}");
            assertThat(result.has("error") || result.path("result").asString("").length() <= 40)
                    .as(text.toString())
                    .isTrue();
        }
    }
}
