package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"EIO=4&transport=polling&sid=abc | sid | abc",
            "sid=1&sid=2 | sid | 1", "xsid=1&sid=2 | sid | 2", "sid | sid | ''", "sid&sid=2 | sid | ''",
            "sid&sid=2&a=%20 | sid | ''", "=sid=1&sid=2 | sid | 2", "sid= | sid | ''", "side=1 | sid | ''",
            "a=1&sid=b=c | sid | b=c", "a=%26sid%3d5&sid=1 | sid | 1", "sid=a%20b+c | sid | a b c",
            "a=1;sid=2 | sid | 2", "sid=%zz | sid | ''", "'' | sid | ''", "& | sid | ''"})
    void findsTheFirstValue(String query, String name, String value) {
        assertThat(Query.first(query, name)).isEqualTo(value);
    }
}
