package dev.parley.assistant.dialogue.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0|0", "999|999", "1000|1,000", "26400.50|26,400.5",
            "-1234.5|\u22121,234.5", "0.000123456|0.000123456", "123456789012345|123,456,789,012,345",
            "1267650600228229401496703205376|about 1.27 \u00d7 10^30", "-1e15|about \u22121 \u00d7 10^15",
            "0.0000000000000012|about 1.2 \u00d7 10^-15"})
    void writesANumberInGroups(String number, String written) {
        assertThat(WrittenForms.number(new BigDecimal(number))).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"3.3333333, true, about 3.33", "8.04672, false, about 8.05",
            "0.0012345, false, about 0.00123", "2.50, false, 2.5", "12, false, 12"})
    void roundsAndSaysSo(String digits, boolean approximate, String written) {
        assertThat(WrittenForms.rounded(digits, approximate)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"00:00, midnight", "00:05, 12:05 am", "07:05, 7:05 am", "12:00, noon", "12:30, 12:30 pm",
            "23:00, 11:00 pm"})
    void writesATimeOfDay(LocalTime time, String written) {
        assertThat(WrittenForms.time(time)).isEqualTo(written);
    }

    @Test
    void writesDatesAndSpans() {
        assertThat(WrittenForms.date(LocalDate.of(2026, 12, 1))).isEqualTo("December 1, 2026");
        assertThat(WrittenForms.dayOfMonth(LocalDate.of(2026, 12, 1))).isEqualTo("December 1");
        assertThat(WrittenForms.span(3661)).isEqualTo("1 hour, 1 minute and 1 second");
        assertThat(WrittenForms.span(0)).isEqualTo("no time");
    }
}
