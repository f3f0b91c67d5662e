package dev.parley.assistant.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Today is Monday, the 23rd of November 2026. */
class DateTimeParserTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            today                        | 2026-11-23
            Tomorrow.                    | 2026-11-24
            yesterday                    | 2026-11-22
            the day after tomorrow       | 2026-11-25
            Tuesday                      | 2026-11-24
            on next Friday               | 2026-11-27
            monday                       | 2026-11-30
            2026-12-01                   | 2026-12-01
            December 1                   | 2026-12-01
            the first of December        | 2026-12-01
            1st December                 | 2026-12-01
            December the twenty-third    | 2026-12-23
            20 first of december         | 2026-12-21
            2 jan                        | 2027-01-02
            """)
    void parsesDays(String words, LocalDate day) {
        assertThat(DateTimeParser.day(words, TODAY)).contains(day);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10                    | 10:00
            10:30                 | 10:30
            10 30                 | 10:30
            1130                  | 11:30
            at 9 o'clock          | 09:00
            2                     | 14:00
            2 p.m.                | 14:00
            12 am                 | 00:00
            12 pm                 | 12:00
            14:30                 | 14:30
            half past 10          | 10:30
            quarter to 3          | 14:45
            a quarter past 9      | 09:15
            noon                  | 12:00
            at midnight           | 00:00
            3 in the afternoon    | 15:00
            09:00                 | 09:00
            """)
    void parsesTimes(String words, LocalTime time) {
        assertThat(DateTimeParser.time(words)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "someday", "31 february", "2026-13-01", "99", "13 pm", "10:75",
            "half past 25", "may", "the"})
    void otherPhrasesAreNeither(String words) {
        assertThat(DateTimeParser.day(words, TODAY)).isEmpty();
        assertThat(DateTimeParser.time(words)).isEmpty();
    }
}
