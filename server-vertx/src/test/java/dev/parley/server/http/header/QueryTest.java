package dev.parley.server.http.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"EIO=4&transport=polling&sid=abc | sid | abc",
            "sid=1&sid=2 | sid | 1", "xsid=1&sid=2 | sid | 2", "sid | sid | ''", "sid&sid=2 | sid | ''",
            "sid&sid=2&a=%20 | sid | ''", "=sid=1&sid=2 | sid | 2", "sid= | sid | ''", "side=1 | sid | ''",
            "a=1&sid=b=c | sid | b=c", "a=%26sid%3d5&sid=1 | sid | 1", "sid=a%20b+c | sid | a b c",
            "a=1;sid=2 | sid | ''", "sid=a;b | sid | a;b", "sid=%zz | sid | %zz",
            "a=50%&sid=x%20y | sid | x y", "a=%&sid=1+2 | sid | 1 2", "sid=%C3%28&a=1 | sid | %C3%28",
            "s%69d=%e2%82%ac | sid | €", "sid=1%2 | sid | 1%2", "sid=+%zz+ | sid | +%zz+",
            "sid=%c3+%a4 | sid | %c3+%a4", "a%zz=1&sid=2 | a%zz | 1", "sid=%ED%A0%80 | sid | %ED%A0%80",
            "'' | sid | ''", "& | sid | ''"})
    void findsTheFirstValue(String query, String name, String value) {
        assertThat(Query.first(query, name)).isEqualTo(value);
        assertThat(Query.all(query).getOrDefault(name, "")).isEqualTo(value);
    }

    @Test
    void oneBrokenEscapeLosesNoOtherParameter() {
        assertThat(Query.all("a=100%&b=x%20y&c&=d&&b=2&token=p;q")).containsExactly(Map.entry("a", "100%"),
                Map.entry("b", "x y"), Map.entry("c", ""), Map.entry("", "d"), Map.entry("token", "p;q"));
        assertThat(Query.all(null)).isEmpty();
    }

    @Test
    void keepsOnlySoManyParameters() {
        var query = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            query.append('p').append(i).append("&");
        }
        assertThat(Query.all(query.toString())).hasSize(Query.MAX_PARAMETERS);
        assertThat(Query.first(query + "sid=1", "sid")).isEqualTo("1");
    }
}
